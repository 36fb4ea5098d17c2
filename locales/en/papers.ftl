paper-rules = Rules
paper-rules-why = What is welcome here and what is not. Moderators point to it; without it every removal looks like a whim.
paper-terms = Terms
paper-terms-why = What you and your members owe each other. Members agree to it when they sign up.
paper-privacy = Privacy
paper-privacy-why = What is stored about people, and why. The law of many countries asks for it.
paper-imprint = Imprint
paper-imprint-why = Who runs this place and how to reach them. The law of some countries asks for it.
paper-about = About
paper-about-why = What this community is for and who stands behind it, for whoever comes by.
paper-history = All versions
paper-history-title = Versions of { $name }
paper-back = Back to the text

sign-up-terms = I agree to the terms of this community.
sign-up-terms-missing = Read the terms and agree to them to become a member.
sign-up-terms-changed = The terms have just changed. Read them once more and agree to them.

consent-title = Terms of this community
consent-lead = Members agree to these terms. Read them, then go on where you were.
consent-lead-again = The terms have changed since you agreed to them. Read what is different, then go on where you were.
consent-changes = What has changed
consent-button = Agree
consent-else-title = If you do not agree
consent-else = Sign out, and read on as a guest. You can also take a copy of everything that is stored about you, or close your account.
consent-meanwhile = The terms have just changed once more. Read them again.

agreements-title = Agreements
agreements-lead = What you agreed to, and when.
agreements-none = You have not been asked yet.

error-consent-title = First, the terms
error-consent = Before you go on, read the terms and agree to them. What you wrote is still here.
error-consent-button = Read the terms

admin-texts-title = Texts
admin-texts-lead = What every community should say of itself. A text stands at its address and in the footer as soon as it is written.
admin-text-there = Published
admin-text-missing = Missing
admin-text-write-button = Write
admin-text-body = Text
admin-text-help = Markdown. Every version is kept, and everybody can read them all. An empty text withdraws the page.
admin-text-start = This is a suggestion to begin with. Nothing is published until you publish it: read it, and change what is not true of you.
admin-text-blanks = Fill in, or delete, what stands in [[double brackets]]. Nobody but you can know it.
admin-text-unfinished = Fill in, or delete, what still stands in double brackets: “{ $blank }”.
admin-text-nothing = There is nothing to publish yet.
admin-text-consent = Members must agree to this version
admin-text-consent-help = Each is asked with their next page. Leave it out for a corrected typo, not for a changed duty.
admin-text-publish-button = Publish
admin-text-meanwhile = Somebody else has published version { $version } since you opened this page. Look at what they changed; publishing again replaces it.
flash-text-published = Published.
flash-text-withdrawn = Withdrawn. Nobody sees the page any more.
admin-texts-missing = { $count ->
    [one] A text is missing: { $names }.
   *[other] { $count } texts are missing: { $names }.
}
admin-texts-missing-button = Write what is missing
copy-agreements = What you agreed to
admin-field-version = Version
admin-field-consent = Needs consent from version
admin-log-publish-paper = Published the text { $name }
admin-log-withdraw-paper = Withdrew the text { $name }
