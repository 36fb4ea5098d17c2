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
