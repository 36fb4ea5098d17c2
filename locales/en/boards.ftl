boards-title = Boards
boards-lead = Where to ask what. Not sure? Ask where it fits best.
board-nothing-yet = No threads yet
board-threads = { $count ->
    [one] { $count } thread
   *[other] { $count } threads
}
board-posts = { $count ->
    [one] { $count } post
   *[other] { $count } posts
}

board-ask-button = Ask in this board
board-start-button = Start a thread

board-sort-label = Order
board-sort-activity = Latest activity
board-sort-newest = Newest
board-sort-kudos = Most kudos
board-sort-unanswered = Unanswered
board-sort-unsolved = Unsolved

board-none-title = No threads here yet
board-none-unanswered-title = Everything here has a reply
board-none-unsolved-title = Every question here is solved
board-none-ask = Ask the first question that comes next.
board-none-start = Start a thread, and it stands here.

board-archived = This board is archived: you can read it, and it takes no more posts.

board-facts = This board
board-facts-threads = Threads
board-facts-posts = Posts
board-leaders = Who leads here
