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
ranks-next = What { $rank } takes
ranks-met = Met
ranks-progress = { $have } of { $bound }
ranks-permanent = Once reached, it is kept for good.
ranks-kept = A rank is not lost over a trifle: whoever holds one keeps it as long as they have nine tenths of every number that it takes.
ranks-roles = By role
ranks-roles-lead = Two marks beside a name are given by those who run the community, and no points lead to them.
ranks-role-staff = Speaks for the company behind this community.
ranks-role-moderator = Keeps the place fair, and answers for it in the open record.

ranks-rules = What brings points
ranks-rule-solution = A solution accepted by somebody else
ranks-rule-confirmation = A solution confirmed by somebody with the same problem
ranks-rule-kudos = Kudos received
ranks-rule-reply = A reply
ranks-rule-thread = A thread begun
ranks-rule-cap = A day brings at most { $most } points. Solutions come on top of that and are never held back.
ranks-rule-diversity = Kudos from the same person count in full once in { $days } days; the second time half, the third time a quarter, and so on.
ranks-rule-weight = Kudos weigh what the rank of who gives them says: once, unless it stands beside the rank.
ranks-rule-helped = People helped are all different people who accepted a reply as the solution, or who had the same problem, said “me too” and confirmed that an accepted reply solved it. Whoever said nothing is not counted. Who takes it back is counted no more.
ranks-rule-own = Nothing is earned by what one does to one’s own posts.
ranks-undone = A post that is deleted or removed takes its own points with it; kudos or a solution that is taken back takes back exactly what it brought. Kudos for a post that is gone stay until their givers take them back.
ranks-rule-past = When these rules change, what was earned before stays as it was. What came from another community when it moved here was counted by the table alone.
ranks-power-accept = May accept the solutions of others’ questions.
ranks-kudos-weight = Kudos weigh { $weight } ×.
ranks-powers-kept = What a rank lets its holders do, those of higher ranks may do as well, as long as they hold it.
