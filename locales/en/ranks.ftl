ranks-title = Ranks
ranks-lead = Ranks tell how much somebody has helped here. They are counted, not granted.
ranks-yours = Where you stand
ranks-your-points = { $count ->
    [one] You have { $count } point.
   *[other] You have { $count } points.
}
ranks-highest = There is no rank above yours.
ranks-ladder = The ladder
ranks-here = you are here
ranks-from = { $count ->
    [one] { $count } point
   *[other] { $count } points
}
ranks-takes-nothing = Where everybody begins
# The two numbers stand for the same points: either is enough.
ranks-takes = { $solutions ->
    [one] One solution or { $kudos } kudos
   *[other] { $solutions } solutions or { $kudos } kudos
}
ranks-still-takes = { $solutions ->
    [one] One solution, or { $kudos } kudos, or some of both.
   *[other] { $solutions } solutions, or { $kudos } kudos, or some of both.
}

ranks-rules = What brings points
ranks-rule-solution = A solution accepted by somebody else
ranks-rule-kudos = Kudos received
ranks-rule-reply = A reply
ranks-rule-thread = A thread begun
ranks-undone = What is taken back or removed takes its points with it.

rank-progress-label = Points towards { $rank }
rank-missing = { $points ->
    [one] One more point to { $rank }.
   *[other] { $points } more points to { $rank }.
}
