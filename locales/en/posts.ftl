kudos = Kudos
complete-title = What you may mean
kudos-count =
    { $count ->
        [one] One kudos
       *[other] { $count } kudos
    }
post-reply = Reply
post-quote = Quote
post-more = More
post-edit = Edit
post-edited = edited
post-edited-by = Edited by Moderator { $number }.
post-delete = Delete…
post-flag = Flag…
post-held = Hidden on { $date } until a moderator has looked at it: several members flagged it.
post-held-own = You will hear what they decide.
post-review = Look at it…
post-remove = Remove…
post-answers = In reply to { $name } #{ $position }
post-answered-by = Answered by
post-deleted = Deleted by its author on { $date }.
post-deleted-own = You deleted this on { $date }.
post-removed = Removed on { $date }.
post-removed-by = Removed by Moderator { $number } on { $date }.
post-removed-own-words = Your words
post-removed-words = What { $name } wrote
post-restore-button = Restore post
staff-mark = Staff
staff-mark-of = { $brand } staff
moderator-mark = Moderator

solution-title = Solution
solution-title-of =
    { $count ->
        [one] Solution
       *[other] Solution in { $count } parts
    }
solution-mark = Mark as solution
solution-undo = Not the solution after all
solution-accepted = Accepted on { $date }
solution-accepted-by = Accepted by { $name } on { $date }
solution-in-context = See it in the conversation, #{ $position }
solution-refusal = The person who asked, staff, moderators and members of some ranks mark solutions, and a thread on a question board alone has one.
solution-too-many = An answer has up to { $most } parts. Take one of them away first.
solution-confirmed = Confirmed by { $confirmed } of { $answered }
solution-refuted = Open again: of { $answered } people with this problem, the accepted reply solved it for { $confirmed }.
confirmation-ask = Did this solve it for you?
confirmation-solved = Solved it for me
confirmation-unsolved = Didn’t
confirmation-refusal = People who said that they have this problem tell whether a reply solved it, and of others’ replies alone.
confirmation-late = This reply is no longer marked as a solution. Look at the thread again.
asker-only = This was asked of the person who began the thread.
asking-title = Did one of these solve it?
asking-lead = These replies helped others. Mark the one that solved it, and everybody who waits hears of it.
asking-this = This solved it
asking-this-of = { $name } #{ $position } solved it
asking-none = None of them, so far

composer-reply = Your reply
composer-to = to { $name } #{ $position }
composer-placeholder = What did you try, and what happened?
composer-help = Markdown works: **bold**, `code`, > quote, - list. Names after an @ are told.
composer-preview = Preview
composer-preview-title = Preview
composer-post-reply = Post reply

text-missing = Write something first.
text-too-long = This is longer than a post can be (64 kB). Split it, or leave out the log's repetitions.
text-too-intricate = Quotes or lists stand inside one another too deeply to show. Flatten them a little.
form-changed = This form was already sent with another text. Your text is still here: look at the thread, then send it again if it is new.

edit-title = Edit post #{ $position }
edit-others = You are changing somebody else’s words. Everybody can see what you changed and why; the author is told.
edit-body = Text
edit-help = Everybody can see what you change, in the post’s history.
edit-button = Save changes
post-edit-refusal = Only its author and moderators can change a post, and not once it is locked, deleted or removed.

delete-title = Delete this post
delete-lead = Your words go; a line saying that you deleted them stays in their place, so that the conversation can still be followed.
delete-button = Delete post
post-delete-refusal = You can delete your own posts, but not a question that others have answered.
flash-deleted = Deleted.

history-title = History of post #{ $position }
history-back = Back to the thread
history-key = What changed, the latest version first.
history-added = Underlined words were added,
history-removed = struck-out ones were taken away.
history-version = Version { $number }
history-by = by { $name }
history-skipped =
    { $count ->
        [one] … one line unchanged
       *[other] … { $count } lines unchanged
    }

flash-accepted = Marked as the solution.
flash-unaccepted = No longer the solution.
flash-confirmed-solution = Noted. You can change your answer at any time.
flash-none-solved = Noted: the question stays open.
post-share = Share
post-whole = Show all { $words } words
code-copy = Copy
code-wrap = Wrap lines
