invitations-title = Invitations
invitations-none-title = Nobody is invited
invitations-none = Make a link that you hand on yourself, or have invitations mailed to people.
invitation-new = New link
invitation-new-lead = A link that you hand on yourself. It is shown once, and only to you.
invitation-uses-label = How many may join by it
invitation-uses-help = One for each account.
invitation-days-label = Days until it ends
invitation-note-label = Note
invitation-note-help = For whom it is, or why. Only administrators read it.
invitation-groups-label = Groups that they come into
invitation-make-button = Make the link
invitation-made-title = Your link
invitation-made-lead = Copy it now: it is not kept here, and nobody can look it up again.
invitation-link-label = Hand this on
invitation-link-help = { $uses ->
    [1] Good for one person
   *[other] Good for { $uses } people
 }, and for { $days ->
    [1] one day
   *[other] { $days } days
 }.
invitation-kept = I have copied it
invitation-unnamed = A link without a note
invitation-left = { $left } of { $most } left
invitation-until = until { $date }
invitation-expired = ended { $date }
invitation-withdrawn = withdrawn
invitation-used-up = used up
invitation-joined = Joined:
invitation-others = { $count ->
    [one] and one more
   *[other] and { $count } more
 }
invitation-by = by @{ $who }
invitation-joined-title = Who joined by it
invitation-nobody = Nobody yet.
invitation-withdraw-button = Withdraw it
invitation-uses-wrong = Write a number from 1 to { $most }.
invitation-days-wrong = Write a number of days from 1 to { $most }.
invitation-note-too-long = Keep the note within { $most } letters.
invitations-new = Invite by mail
invitations-new-lead = Everybody gets a link of their own, good once. To an address that is a member’s already we say so in the mail, and nowhere else. Addresses of people who do not come are erased 30 days after their invitation ends.
invitations-list-label = Who
invitations-list-help = A line each, at most 500: address, then a name and groups if you like, with commas between. Several groups with | between. As in: jo@example.com, Jo Lind, testers | regulars
invitations-file-label = Or a CSV file
invitations-file-help = With the same columns, as a spreadsheet saves it. What it holds is put behind what you typed.
invitations-send-button = Send invitations
invitations-list-empty = Write at least one address, or choose a file.
invitations-list-too-long = Invite at most { $most } people at once. Nothing was sent.
invitations-list-wrong = { $count ->
    [one] One line needs to be put right. Nothing was sent yet.
   *[other] { $count } lines need to be put right. Nothing was sent yet.
 }
invitations-line = Line { $number }:
invitations-lines-more = { $count ->
    [one] And one more line.
   *[other] And { $count } more lines.
 }
invitations-line-torn = A quotation mark is opened and never closed.
invitations-line-too-many = There are more than three fields. Put quotation marks around one that holds a comma.
invitations-line-twice = The same address as in line { $line }.
invitations-line-domain = Addresses at { $domain } are not taken, as the settings say.
invitations-line-group = There is no group { $group }.
invitations-file-unreadable = The file is not text in UTF-8. Save it again as “CSV UTF-8”.
flash-invitation-withdrawn = Withdrawn. Nobody can join by it any more.
flash-invitations-sent = The invitations are on their way.

admin-log-invite = Made invitation { $name }
admin-log-invite-by-mail = Invited people by mail
admin-log-withdraw-invitation = Withdrew invitation { $name }
admin-field-uses = Uses
admin-field-days = Days
admin-field-people = People
