inbox-title = Inbox
inbox-read-button = Mark all as read
inbox-unread = Unread:
inbox-today = Today
inbox-this-week = Earlier this week
inbox-earlier = Earlier
inbox-newest = Newest
inbox-empty-title = All quiet
inbox-empty = Replies, mentions and kudos arrive here. Follow a thread to hear how it goes on.
inbox-empty-button = See what is recent

inbox-reply = { $actor } replied in { $title }
inbox-tagged = { $actor } started { $title }, with a tag that you follow
inbox-mention = { $actor } mentioned you in { $title }
inbox-quote = { $actor } quoted you in { $title }
inbox-kudos = { $actor } gave you kudos in { $title }
inbox-kudos-many =
    { $others ->
        [one] { $actor } and one other gave you kudos in { $title }
       *[other] { $actor } and { $others } others gave you kudos in { $title }
    }
inbox-solution = { $actor } marked your reply in { $title } as the solution
inbox-rank = You reached the rank { $rank }
inbox-rank-lost = You are { $rank } now, no longer { $former }: see what each rank takes
inbox-badge = You were given the badge { $badge }
inbox-badge-lost = You no longer hold the badge { $badge }
inbox-removal = { $actor } removed your post in { $title }
inbox-restoration = { $actor } put back your post in { $title }
inbox-outcome = { $actor } marked a solution in { $title }
inbox-reopening = { $title } is open again: its solution was taken back
inbox-doubt = { $title } is open again: the solution did not help most of those who tried it
inbox-asking = Did a reply in { $title } solve it?
inbox-joining = { $title } is much like a question that was asked before: see whether what helped there helps you
inbox-hiding = Your post in { $title } is hidden until a moderator has looked at it: several members flagged it
inbox-verdict-removed = { $actor } looked at what you flagged in { $title }, and removed it
inbox-verdict-kept = A moderator looked at what you flagged in { $title }, and let it stay
inbox-verdict-gone = What you flagged in { $title } was taken back by its author
inbox-edit = { $actor } edited your post in { $title }
# Stands for the title.
inbox-thread-gone = a thread that was taken back

unsubscribe-title = Mute this thread?
unsubscribe-words = You will hear nothing more of { $thread }, neither by mail nor in your inbox.
unsubscribe-thread = “{ $title }”
unsubscribe-thread-gone = this thread
unsubscribe-button = Mute thread
unsubscribed-title = Muted
unsubscribed-words = You will hear nothing more of { $thread }. The thread’s own page takes this back.
unsubscribed-button = Go to the home page
