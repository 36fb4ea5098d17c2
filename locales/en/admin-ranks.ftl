admin-points-title = Points
admin-points-lead = What deeds earn from now on. What was earned before stays as it was.
admin-points-kudos-help = In full for the first kudos of the same person in 30 days; then half, a quarter and so on.
admin-points-confirmation-help = For the author, each time somebody with the same problem says that the accepted reply solved it.
admin-points-cap = Most points of a day
admin-points-cap-help = Solutions come on top of that.
admin-points-wrong = Write a whole number from 0 to { $most }.
admin-points-preset-help = What communities begin with:
admin-points-preset-button = Back to these

admin-ranks-lead = Everybody can read the ladder and what each rank takes. A rank that somebody holds stays while nine tenths of its numbers are met.
admin-rank-new = New rank
admin-rank-above = Above
admin-rank-above-unknown = Choose the rank below the new one.
admin-rank-permanent = Permanent
admin-rank-permanent-label = Once reached, it is kept for good
admin-field-formula = What it takes
admin-field-permanent = Permanent
admin-field-position = Step
admin-field-daily-cap = Most points of a day
admin-rank-powers = What it lets its holders do
admin-rank-powers-help = Those of higher ranks may do it as well. It is given within minutes and taken at once.
admin-rank-power-accept = Accept the solutions of others’ questions
admin-rank-weight = What kudos weigh
admin-rank-weight-help = From 0 to 10, such as 1.5. Kudos of holders bring so many times the points.
admin-rank-weight-wrong = Write a number from 0 to 10, such as 1.5.
admin-rank-formula-help = A formula over what members did, for example
admin-rank-look-button = See who would move
admin-rank-would-move = { $count ->
    [0] Nobody would move
    [one] One member would move
   *[other] { $count } members would move
}
admin-rank-looked-at = { $count ->
    [one] One member was counted.
   *[other] { $count } members were counted.
}
admin-rank-from = From
admin-rank-to = To
admin-rank-up = up
admin-rank-down = down
admin-rank-members = Members
admin-rank-sample = For example
admin-rank-not-yet = Nothing is changed yet. Save, and everybody’s rank is counted anew within minutes; whoever moves is told.
admin-rank-language = What can be asked
admin-rank-language-windows = Each of these all-time, of the last days, up to { $most }, on one board, or both:
admin-rank-language-rest = They can be added, compared and joined by
admin-rank-retire = Take from the ladder
admin-rank-retire-help = Only a rank that nobody holds and no group goes by can go. Raise what it takes first, and its holders come to the rank below.
admin-rank-retire-button = Take from the ladder
admin-rank-held-refusal = Somebody holds this rank, or a group goes by it.
admin-log-set-points = Changed what deeds earn
admin-log-add-rank = Added the rank { $name }
admin-log-edit-rank = Changed the rank { $name }
admin-log-retire-rank = Took the rank { $name } from the ladder
flash-admin-ranks-changed = Saved. Everybody’s rank is counted anew within minutes.
flash-admin-rank-retired = The rank is gone from the ladder.
