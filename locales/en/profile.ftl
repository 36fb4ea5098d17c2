profile-admin = Administrator
profile-joined = Joined { $date }
profile-edit-button = Edit profile

profile-solutions = { $count ->
    [one] solution
   *[other] solutions
}
profile-kudos = kudos received
profile-replies = { $count ->
    [one] reply
   *[other] replies
}
profile-points = { $count ->
    [one] point
   *[other] points
}

profile-posts = Recent posts
profile-no-posts = No posts that you can read.
profile-solution = Solution

profile-rank = Rank
profile-rank-place = Step { $place } of { $ranks }
profile-ranks = All ranks
profile-helped = { $count ->
    [one] Helped { $count } person
   *[other] Helped { $count } people
}

profile-year = The last year
profile-year-posts = { $posts ->
    [one] { $posts } post
   *[other] { $posts } posts
} on { $days ->
    [one] { $days } day
   *[other] { $days } days
}
profile-year-day = { $date }: { $count ->
    [one] { $count } post
   *[other] { $count } posts
}
profile-year-table = As a table
profile-year-days-caption = Posts of each day, week by week
profile-year-week = Week of
profile-year-points = { $count ->
    [one] { $count } point in twelve months
   *[other] { $count } points in twelve months
}
profile-year-month = { $month }: { $count ->
    [one] { $count } point
   *[other] { $count } points
}
profile-year-months-caption = Points of each month
profile-year-month-head = Month
profile-year-points-head = Points
profile-year-how = Counted on the boards that you may see; what was taken back is gone from its day.
