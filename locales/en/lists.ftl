# Rows of threads, wherever they are listed.
line-pinned = Pinned:
line-announcement = Announcement:
line-locked = Locked:
line-unread = Unread:
line-solved = Solved
line-staff-replied = Staff replied
line-replies = { $count ->
    [one] { $count } reply
   *[other] { $count } replies
}

pager-more = More of this list
pager-newer = Newer
pager-older = Older

trail-home = Home

tag-title = Tagged #{ $name }
tag-lead = Threads on all boards, the newest first.
