home-title = Home
home-welcome = Welcome to { $community }
home-search-label = Search questions and answers
home-search-placeholder = What do you want to know?
home-search-button = Search
home-ask-button = Ask a question

home-answers = New for you
home-answers-more = All in your inbox
home-new-replies = { $count ->
    [one] One new reply, by { $name }
    [100] 100 or more new replies, the latest by { $name }
   *[other] { $count } new replies, the latest by { $name }
}
home-waiting = Your open questions
home-recent = Recent
home-unsolved = Still unsolved
home-empty-title = Nothing has been written yet
home-empty = What is asked and answered here will stand on this page.

home-news = Announcements
home-helpers = Top helpers of the last 30 days
home-helper-points = { $count ->
    [one] { $count } point
   *[other] { $count } points
}
home-ranks = How ranks work
home-leaders = Leaderboards

questions-lists = Lists of questions
questions-unanswered = Unanswered
questions-unsolved = Unsolved
questions-solved = Solved this week
questions-waiting = Waiting for you
questions-own = Your questions
questions-me-too = Your problems too
questions-none = Nothing here at the moment
questions-none-button = See what is recent
