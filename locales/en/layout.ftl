skip-to-content = Skip to content

nav-main = Main
nav-quick = Quick
nav-home = Home
nav-boards = Boards
nav-search = Search
nav-ask = Ask a question
nav-ask-short = Ask
nav-inbox = Inbox
nav-inbox-unread =
    { $count ->
        [0] Inbox
       *[other] Inbox, { $count } unread
    }
nav-me = Me
nav-your-menu = Your menu
nav-profile = Profile
nav-settings = Settings
nav-sign-in = Sign in
nav-sign-out = Sign out
nav-queue-waiting =
    { $count ->
        [one] Review queue, one post waits
       *[other] Review queue, { $count } posts wait
    }
nav-moderation = Moderation
nav-ranks = Ranks

search-label = Search the community
search-placeholder = Search questions and answers
search-button = Search

keys-title = Keys
keys-move = Next and previous post, or thread in a list
keys-reply = Reply to this post
keys-kudos = Give kudos to this post
keys-solution = Jump to the solution
keys-search = Search
keys-send = Send what you write
keys-list = This list
keys-off = Switch single letters off
keys-close = Close

copy-done = Copied
copy-failed = Could not copy. Select it and copy it by hand.
