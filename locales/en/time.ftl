time-just-now = just now
time-minutes-ago = { $count } min ago
time-hours-ago = { $count } h ago
time-days-ago =
    { $count ->
        [one] yesterday
       *[other] { $count } days ago
    }
