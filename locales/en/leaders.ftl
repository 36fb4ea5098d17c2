leaders-title = Leaderboards
leaders-board-title = Leaders on { $board }
leaders-lead = Who helped most, by what others made of it.
leaders-windows = Since when
leaders-week = Last 7 days
leaders-month = Last 30 days
leaders-quarter = Last 90 days
leaders-ever = All time
leaders-by = By what
leaders-by-points = Points
leaders-by-solutions = Solutions
leaders-by-confirmations = Confirmations
leaders-by-kudos = Kudos
leaders-by-replies = Replies
leaders-none = Nobody leads here yet
leaders-none-help = The first who earns something stands first.
leaders-place = Place
leaders-you = you
leaders-own = You are at place { $place }
leaders-own-none = You have nothing here yet; what you earn gives you a place.
leaders-own-unlisted = You chose to stand on no leaderboard.
leaders-own-settings = Change that
leaders-own-left-out = Staff are left out here, and so are you.
leaders-members = { $count } members have a place.
leaders-without-staff = Show it without staff
leaders-with-staff = Show it with staff
leaders-boards = Boards
leaders-all-boards = All boards
leaders-how = How it is counted
leaders-how-often = Counted anew every ten minutes, what looks back more than 30 days every hour. Your own place is from now.
leaders-how-ties = Who has as much shares the place, and the next one comes after all of them.
leaders-how-boards = All boards are those that everybody who reads this may see; what is earned elsewhere is not counted.
metric-solutions-short = { $count ->
    [one] { $count } solution
   *[other] { $count } solutions
}
metric-confirmations-short = { $count ->
    [one] { $count } confirmation
   *[other] { $count } confirmations
}
