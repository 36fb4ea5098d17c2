trail = You are here
rail-about = About this page
cancel = Cancel
field-optional = optional

thread-solved-on = Solved on { $date }
thread-locked-on = Locked on { $date }
thread-pinned = Pinned
thread-closed-title = Thread taken back
thread-unread-line = New since your last visit
thread-replies =
    { $count ->
        [0] No replies yet
        [one] One reply
       *[other] { $count } replies
    }
reply-order = Order of replies
reply-order-time = Oldest first
reply-order-helpful = Most helpful first
thread-first-unread = First unread
thread-to-the-end = To the end
thread-pages = Pages of replies
thread-news = New replies – show them
thread-guest = Sign in to reply, give kudos and follow this thread.
thread-facts = Facts
thread-fact-asked = Asked
thread-fact-started = Started
thread-fact-replies = Replies
thread-fact-board = Board
thread-helpers = People who helped
thread-helper-solved = Gave the solution
thread-follow = Follow
thread-following = Following
thread-mute = Mute
thread-muted = Muted
thread-moderate = Moderate
thread-lock = Lock thread…
thread-unlock = Unlock thread
thread-pin-board = Pin to board
thread-pin-site = Pin to home page
thread-unpin = Unpin
thread-locked-by = Locked by Moderator { $number }: { $reason }
thread-locked-because = Locked: { $reason }
pager-previous = Previous page
pager-next = Next
pager-more-helpful = More helpful
pager-less-helpful = Further replies

me-too-label = Who else has this problem
me-too-button = I have this problem too
me-too-count =
    { $count ->
        [0] Nobody else so far
        [one] One person has this problem too
       *[other] { $count } people have this problem too
    }
me-too-count-with-you =
    { $others ->
        [0] You have this problem too
        [one] You and one other have this problem too
       *[other] You and { $others } others have this problem too
    }
me-too-undo = Not me after all
me-too-about = Your version or device, if you like: it helps to find what you share.
me-too-about-placeholder = Version or device
me-too-about-save = Save
me-too-others = Who, and on what
me-too-too-long = Keep it within { $most } letters.
me-too-refusal = This can be said of others’ questions that are open to you.

duplicate-title = Asked before
duplicate-lead = Joined to where it was asked first, a question stays open, for what is different. Whoever has this problem is counted there as well, and hears when it is solved.
duplicate-like = Was it one of these?
duplicate-this = This one
duplicate-this-of = This one: { $title }
duplicate-original = The question that was asked before
duplicate-original-help = Its address, or its number.
duplicate-button = Join them
duplicate-mark = Asked before…
duplicate-undo = Not the same after all
duplicate-of = This was asked before:
duplicate-stays-open = What helped there may help here. It stays open in case this one is different: say what is.
duplicate-also = Also asked as
duplicate-unknown = There is no such question, or it is not open to you.
duplicate-itself = That is this question itself. Name the one that was asked before.
duplicate-already = This question is joined to another already.
duplicate-round = That question is joined to this one already.
duplicate-narrower = Not everybody who can read this question could read that one.
duplicate-refusal = Who asked, staff and moderators can join a question to another.

lock-title = Lock this thread
lock-lead = Nobody but moderators and staff can reply to a locked thread. The reason stands below it and in the public record.
lock-button = Lock thread
reason-label = Reason
reason-help = One sentence, read by everybody: what rule or fact it rests on.

ask-title = Ask a question
ask-board = Board
ask-board-choose = Choose where it belongs
ask-thread-title = Title
ask-thread-title-help = Say it as you would to a neighbour: which device, and what it does.
ask-body = Your question
ask-body-placeholder = What did you do, what happened, what did you expect?
ask-tags = Tags
ask-tags-help = Up to five, with commas between: the device, the version, the room. After # those there are come up.
ask-button = Ask the question
ask-good-title = A question that gets answered
ask-good-device = names the device and its version,
ask-good-tried = says what you tried,
ask-good-shown = shows the log or the exact words on the screen.
similar-title = Is one of these yours?
similar-not-yet-posted = Nothing is posted yet. Look whether one of the threads below is about the same; if none is, post yours.
similar-anyway = Post anyway
start-title = Start a thread
start-body = Your post
start-button = Start the thread

thread-board-missing = Choose the board it belongs to.
thread-title-missing = Give it a title.
thread-title-too-short = Use at least { $least } letters, so that others recognise it in a list.
thread-title-too-long = Keep the title within { $most } letters.
thread-tags-invalid = Tags are made of Latin letters, digits and hyphens, up to 30 letters each.
thread-tags-too-many = Choose up to { $most } tags.
thread-closed-refusal = This thread was taken back, so it takes no more replies.
thread-locked-refusal = This thread is locked: moderators and staff alone can reply.
board-read-only = You can read this board, but not write on it.
board-staff-start = Staff begin the threads on this board; replies are open to everybody.
moderators-only = Moderators of this board alone can do that.

flash-following = You follow this thread: replies come to your inbox.
flash-me-too = Noted. You hear of it when there is a solution.
flash-not-me = Taken back.
flash-joined = Joined. Whoever has this problem counts there as well.
flash-parted = Parted again.
flash-muted = Muted: nothing of this thread comes to your inbox any more.
flash-unfollowed = You neither follow nor mute this thread now.
flash-pinned = Pinned.
flash-unpinned = Back in its place.
flash-locked = Locked. The reason stands below the thread.
flash-unlocked = Unlocked: replies are open again.

thread-to-the-solution = Jump to the solution
reply-bar-reply = Write a reply
reply-bar-guest = Sign in to reply
reply-bar-solution = Solution
