moderation-title = Moderation
moderation-lead = What moderators did, newest first. Nothing is removed, and nobody’s words are changed for them, without a line here.
moderation-when = When
moderation-who = Who
moderation-what = What and why
moderation-empty-title = Nothing yet
moderation-empty = No moderator had to act. When one does, the act and its reason stand here.
moderator-name = Moderator { $number }
moderator-reason = Reason: { $reason }

act-remove-post = Removed { $place }
act-restore-post = Restored { $place }
act-hide-post = Hid { $place } until a moderator has looked at it, because several members flagged it
act-edit-post = Edited { $place }
act-lock-thread = Locked { $place }
act-unlock-thread = Unlocked { $place }
act-pin-thread = Pinned { $place }
act-unpin-thread = Unpinned { $place }
act-join-thread = Joined { $place } to a question that was asked before
act-part-thread = Parted { $place } from another question
act-post = #{ $position } in { $thread }
# Stands for the title.
act-thread-gone = a thread that was taken back on { $board }

remove-title = Remove this post
remove-button = Remove post
remove-cancel = Leave it
restore-reason = Looked at again
flash-post-removed = Removed. The reason stands in its place.
flash-post-restored = Restored.
