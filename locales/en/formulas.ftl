# What formulas say, in plain words: "at least 5 solutions in the last 90 days on Help".
formula-always = open to everybody
formula-never = open to nobody
formula-at-least = at least { $what }
formula-more-than = more than { $what }
formula-at-most = at most { $what }
formula-fewer-than = fewer than { $what }
formula-exactly = exactly { $what }
formula-not-exactly = any number but { $what }
formula-terms-at-least = { $left } is at least { $right }
formula-terms-more-than = { $left } is more than { $right }
formula-terms-at-most = { $left } is at most { $right }
formula-terms-less-than = { $left } is less than { $right }
formula-terms-equal = { $left } is { $right }
formula-terms-unequal = { $left } is not { $right }
formula-and = { $one } and { $other }
formula-or = { $one } or { $other }
formula-staff = being one of the staff
formula-not-staff = not being one of the staff
formula-moderator = being a moderator
formula-not-moderator = not being a moderator
formula-admin = being an administrator
formula-not-admin = not being an administrator
formula-in-window = { $days ->
    [one] { $what } today
   *[other] { $what } in the last { $days } days
}
formula-on-board = { $what } on { $board }
formula-another-board = a board that is not open to you
formula-missing-more = { $what } to go

metric-points = { $count ->
    [one] { $count } point
   *[other] { $count } points
}
metric-threads = { $count ->
    [one] { $count } thread
   *[other] { $count } threads
}
metric-replies = { $count ->
    [one] { $count } reply
   *[other] { $count } replies
}
metric-posts = { $count ->
    [one] { $count } post
   *[other] { $count } posts
}
metric-solutions = { $count ->
    [one] { $count } solution accepted by others
   *[other] { $count } solutions accepted by others
}
metric-own-solutions = { $count ->
    [one] { $count } question solved by oneself
   *[other] { $count } questions solved by oneself
}
metric-confirmations = { $count ->
    [one] { $count } confirmation of a solution
   *[other] { $count } confirmations of solutions
}
metric-me-toos-helped = { $count ->
    [one] { $count } person with the same problem helped
   *[other] { $count } people with the same problem helped
}
metric-distinct-helped = { $count ->
    [one] { $count } person helped
   *[other] { $count } different people helped
}
metric-kudos-received = { $count } kudos received
metric-kudos-weight = { $count } kudos received by weight
metric-distinct-thankful = { $count ->
    [one] kudos from { $count } person
   *[other] kudos from { $count } different people
}
metric-kudos-given = { $count } kudos given
metric-kudos-given-weight = { $count } kudos given by weight
metric-days-active = { $count ->
    [one] { $count } day active
   *[other] { $count } days active
}
metric-reversals = { $count ->
    [one] { $count } post removed by a moderator
   *[other] { $count } posts removed by a moderator
}

metric-points-name = points
metric-threads-name = threads
metric-replies-name = replies
metric-posts-name = posts, that is threads and replies
metric-solutions-name = solutions accepted by others
metric-own-solutions-name = questions solved by oneself
metric-confirmations-name = confirmations of solutions, each by somebody with the same problem
metric-me-toos-helped-name = different people with the same problem who confirmed a solution
metric-distinct-helped-name = different people helped, who accepted or confirmed a reply
metric-kudos-received-name = kudos received
metric-kudos-weight-name = kudos received, by the weight that their givers’ ranks gave them
metric-distinct-thankful-name = different people who gave kudos
metric-kudos-given-name = kudos given
metric-kudos-given-weight-name = kudos given, by the weight that one’s rank gave them
metric-days-active-name = days on which one wrote or gave kudos
metric-reversals-name = posts removed by a moderator

# What is wrong with a formula. The character is pointed at beside it.
formula-missing = Write what this rank takes; “true” is everybody.
formula-too-long = A formula has at most { $most } characters.
formula-too-deep = This is nested too deeply; at most { $most } levels.
formula-number-wrong = This is no number that formulas know. Write 500, 0.5, or 90d for days.
formula-quote-open = This quotation mark is not closed.
formula-stray-character = “{ $word }” has no meaning in a formula.
formula-unexpected = “{ $word }” cannot stand here.
formula-ends-early = Something is missing at the end.
formula-not-a-condition = This is a number. A condition compares it, as in “points >= 500”.
formula-not-a-number = This is a condition where a number belongs.
formula-compared-twice = Two comparisons are joined by “and”.
formula-role-unknown = The roles are “staff”, “moderator” and “admin”.
formula-window-wrong = A window is of 1 to { $most } days.
formula-no-board = “{ $metric }” cannot be asked of one board alone.
formula-metric-unknown = There is no metric “{ $word }”. Did you mean “{ $nearest }”?
formula-board-unknown = There is no board “{ $board }”. Write its name as in its address.
formula-place = At character { $place }: { $message }
formula-deed-unknown = The deeds are “profile”, “address”, “me_too”, “accept” and “confirm”.

# Deeds, as conditions.
formula-did-profile = wrote something about themselves
formula-did-address = proved an address
formula-did-me-too = said “me too” to a question
formula-did-accept = marked what solved their own question
formula-did-confirm = told whether a solution helped them
formula-did-not = not yet: { $what }
