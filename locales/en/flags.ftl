flag-title = Flag this post
flag-lead = Moderators look at what is flagged, the gravest first, and you hear what they decide. Nobody else learns that it was you.
flag-reason-label = What is wrong?
flag-illegal = Illegal
flag-illegal-means = It breaks the law, or helps somebody to.
flag-private-data = Private data
flag-private-data-means = It shows somebody’s address, number, name or the like that is not theirs to show.
flag-abuse = Abuse
flag-abuse-means = It insults, threatens or harasses somebody.
flag-spam = Spam
flag-spam-means = It advertises, or was posted for nothing but a link.
flag-off-topic = Off topic
flag-off-topic-means = It belongs elsewhere, or nowhere here.
flag-other = Something else
flag-other-means = Say what, below.
flag-note-label = For the moderators
flag-note-help = What they should know. Needed for something else, welcome with everything.
flag-button = Flag post
flag-cancel = Leave it
flag-back = Back to the post
flag-yours-title = You flagged this post
flag-yours = On { $date }, as
flag-waits = A moderator has not looked at it yet. You will hear in your inbox what they decide.
flag-removed = A moderator looked at it and removed the post.
flag-kept = A moderator looked at it and let the post stay.
flag-gone = Its author took the post back before a moderator had looked at it.
flag-refusal = This post cannot be flagged: it is yours, or it is gone.
flag-reason-missing = Choose what is wrong.
flag-note-missing = Say what is wrong.
flag-note-too-long = That is too long: { $most } characters at most.
flash-flagged = Thank you. A moderator will look at it, and you will hear what they decide.

flag-illegal-removal = It breaks the law.
flag-private-data-removal = It showed somebody’s private data.
flag-abuse-removal = It attacked somebody.
flag-spam-removal = It was advertising.
flag-off-topic-removal = It did not belong here.
flag-other-removal = It broke the rules of this community.

queue-title = Review queue
queue-lead = What members flagged, the gravest first.
queue-list = What waits
queue-empty-title = Nothing waits
queue-empty = Everything that members flagged was looked at.
queue-record = See what moderators did
queue-hidden = Hidden
queue-flags =
    { $count ->
        [one] one flag
       *[other] { $count } flags
    }
queue-at-it = { $name } is at it

review-hidden = Several members flagged it. Nobody but its author and moderators can read it until you decide.
review-reason-label = Reason for removing it
review-reason-help = Everybody reads it, where the post stood and in the public record.
review-keep = Let it stay
review-put-back = Put it back
review-remove = Remove it
review-claim = I am at it
review-leave = Leave it to others
review-take-over = Take over
review-decision-missing = Choose what to do with the post.
review-own = Somebody else decides about flags on what you wrote.
review-flags-title = What members said
review-flagger-right = mostly right before
review-flagger-wrong = new, or often wrong before
review-author-title = About { $name }
review-author-joined = Joined on { $date }
review-author-posts =
    { $count ->
        [one] one post
       *[other] { $count } posts
    }
review-author-flagged = Flagged before: { $removed } removed, { $kept } kept
review-like-title = The same reason on this board
review-was-removed = Removed
review-was-kept = Kept
review-was-gone = Taken back
flash-kept = It stays. Whoever flagged it hears of it.
flash-claimed = Others see that you are at it, for 15 minutes.
flash-left = Nobody is at it now.
flash-decided-before = Nothing waits there any more: somebody else was quicker.

setting-flags-to-hide = Flags that hide a post
setting-flags-to-hide-means = So many hide a post until a moderator has looked at it. Flags of members who were right before count more, of those who were wrong and of new ones less. With 0, flags never hide anything.
