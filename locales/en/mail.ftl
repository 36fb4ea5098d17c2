# Mails to people we know nothing of but an address hold no words that a stranger could choose freely.
mail-confirm-subject = Confirm your address for { $community }
mail-confirm-greeting = Hello,
mail-confirm-body = somebody, presumably you, became a member of { $community } as @{ $handle } with this address. Confirm that it is yours, and replies to the threads you follow will come to it.
mail-confirm-button = Confirm address
mail-confirm-footer = The link works for three days. If this was not you, do nothing: the address stays unconfirmed and gets no other mail.

mail-known-subject = You already have an account at { $community }
mail-known-greeting = Hello,
mail-known-body = somebody, presumably you, signed up at { $community } as @{ $handle } with this address. It already belongs to your account @{ $known }, so nothing changes there. Sign in as @{ $known }; if the password is forgotten, the sign-in page helps.
mail-known-footer = If this was not you, do nothing: nobody has learned that the address is known here.

mail-invited-subject = You are invited to { $community }
mail-invited-greeting = Hello,
mail-invited-body = the people who run { $community } invite you to become a member. Choose a name and a password, and you are in; your address needs no other proof.
mail-invited-button = Become a member
mail-invited-footer = The link works once, until { $date }. If you do not want to join, do nothing: your address is erased 30 days after that.

mail-invited-known-subject = You are invited to { $community }
mail-invited-known-greeting = Hello,
mail-invited-known-body = the people who run { $community } invited this address to become a member. It is yours already: you are @{ $known } there. Sign in as ever; if the password is forgotten, the sign-in page helps.
mail-invited-known-button = Sign in
mail-invited-known-footer = Whoever invited you has not learned that the address is known here.

mail-reset-subject = Set a new password for { $community }
mail-reset-greeting = Hello,
mail-reset-body = somebody, presumably you, asked for a new password for @{ $handle } at { $community }. Choose it here:
mail-reset-button = Set a new password
mail-reset-footer = The link works once, for one hour. If this was not you, do nothing: the old password stays.

mail-change-subject = Confirm your new address for { $community }
mail-change-greeting = Hello,
mail-change-body = the account @{ $handle } at { $community } is to have this address from now on. If you asked for that, confirm it:
mail-change-button = Confirm address
mail-change-footer = The link works once, for a day. If this was not you, do nothing: the address stays out of it and gets no other mail.

mail-change-known-subject = You already have an account at { $community }
mail-change-known-greeting = Hello,
mail-change-known-body = somebody, presumably you, wants this address for the account @{ $handle } at { $community }. It already belongs to the account @{ $known }, so nothing changes. To use it for @{ $handle }, give @{ $known } another address first.
mail-change-known-footer = If this was not you, do nothing: nobody has learned that the address is known here.

mail-address-wanted-subject = Another address for your account at { $community }
mail-address-wanted-greeting = Hello,
mail-address-wanted-body = your account @{ $handle } at { $community } is to have another address instead of this one. It changes as soon as the mail to the new address is answered. If you asked for that, there is nothing to do. If not, somebody knows your password: set a new one now, which calls the change off and signs them out.
mail-address-wanted-button = Set a new password
mail-address-wanted-footer = You get this mail because the way into your account is about to change.

mail-address-changed-subject = Your account at { $community } has another address
mail-address-changed-greeting = Hello,
mail-address-changed-body = your account @{ $handle } at { $community } has another address now, and this one gets no more mail. If you asked for that, there is nothing to do. If not, tell the people who run { $community } at once:
mail-address-changed-button = Go to the community
mail-address-changed-footer = You get this mail because the way into your account changed.

mail-password-changed-subject = Your password for { $community } was changed
mail-password-changed-greeting = Hello,
mail-password-changed-body = the password of your account @{ $handle } at { $community } was changed, and all other browsers are signed out. If this was you, there is nothing to do. If not, set a new password now:
mail-password-changed-button = Set a new password
mail-password-changed-footer = You get this mail because the way into your account changed.

mail-reply-subject = Re: { $title }
mail-reply-lead = { $author } replied in “{ $title }” at { $community }:
mail-reply-button = Read and reply
mail-reply-footer = You get this mail because you follow the thread.
mail-reply-mute = Mute this thread

mail-closed-subject = Your account at { $community } is closed
mail-closed-greeting = Hello { $name },
mail-closed-body = your account @{ $handle } at { $community } is closed. Nobody sees your name or profile any more. On { $date } everything about you is erased. Until then you can have your account back: sign in as before, or open it again here:
mail-closed-button = Keep my account
mail-closed-footer = If you did not close it, open it again and set a new password.

mail-copy-asked-subject = A copy of your data at { $community }
mail-copy-asked-greeting = Hello,
mail-copy-asked-body = a copy of everything { $community } holds about @{ $handle } was asked for. If this was you, there is nothing to do: a mail follows when it is ready. If not, somebody knows your password: set a new one now.
mail-copy-asked-button = Look after your account
mail-copy-asked-footer = You get this mail because the copy holds everything.

mail-copy-ready-subject = Your copy is ready
mail-copy-ready-greeting = Hello,
mail-copy-ready-body = the copy of everything { $community } holds about @{ $handle } is ready. It is kept until { $date }; you need to be signed in to download it.
mail-copy-ready-button = Download the copy
mail-copy-ready-footer = You get this mail because you asked for the copy.

mail-app-added-subject = An app signs you in at { $community }
mail-app-added-greeting = Hello,
mail-app-added-body = an authenticator app is now asked for when you sign in as @{ $handle } at { $community }. If you set it up, there is nothing to do. If not, somebody knows your password: set a new one now and tell the people who run the community.
mail-app-added-button = Set a new password
mail-app-added-footer = You get this mail because the way into your account changed.

mail-app-removed-subject = Your app was taken away at { $community }
mail-app-removed-greeting = Hello,
mail-app-removed-body = the authenticator app of your account @{ $handle } at { $community } was taken away, by your password and a code. If this was you, there is nothing to do. If not, set a new password now:
mail-app-removed-button = Set a new password
mail-app-removed-footer = You get this mail because the way into your account changed.

mail-passkey-added-subject = A passkey was added at { $community }
mail-passkey-added-greeting = Hello,
mail-passkey-added-body = a passkey was added to your account @{ $handle } at { $community }; it signs in without a password. If you added it, there is nothing to do. If not, set a new password now, and remove the passkey in your settings:
mail-passkey-added-button = Set a new password
mail-passkey-added-footer = You get this mail because the way into your account changed.

mail-passkey-removed-subject = A passkey was removed at { $community }
mail-passkey-removed-greeting = Hello,
mail-passkey-removed-body = a passkey of your account @{ $handle } at { $community } was removed. If this was you, there is nothing to do. If not, set a new password now:
mail-passkey-removed-button = Set a new password
mail-passkey-removed-footer = You get this mail because the way into your account changed.

mail-passkey-copied-subject = A passkey was refused at { $community }
mail-passkey-copied-greeting = Hello,
mail-passkey-copied-body = somebody tried to sign in as @{ $handle } at { $community } with a passkey of yours whose counter had gone back, as it does when a passkey was copied. It was refused. Remove that passkey and add a new one:
mail-passkey-copied-button = Look at your passkeys
mail-passkey-copied-footer = You get this mail because it concerns the way into your account.

mail-codes-made-subject = New recovery codes at { $community }
mail-codes-made-greeting = Hello,
mail-codes-made-body = new recovery codes were made for your account @{ $handle } at { $community }, and those before stopped working. If this was you, there is nothing to do. If not, set a new password now:
mail-codes-made-button = Set a new password
mail-codes-made-footer = You get this mail because the way into your account changed.

mail-code-used-subject = A recovery code was used at { $community }
mail-code-used-greeting = Hello,
mail-code-used-body = a recovery code of your account @{ $handle } at { $community } was used, and works no more. If this was you, look how many are left, and make new ones in time. If not, set a new password at once.
mail-code-used-button = Look at your recovery codes
mail-code-used-footer = You get this mail because it concerns the way into your account.

mail-factors-taken-subject = Your second factor was taken away at { $community }
mail-factors-taken-greeting = Hello,
mail-factors-taken-body = the people who run { $community } have taken away all second factors of your account @{ $handle }: app, passkeys and recovery codes. All browsers are signed out. If you asked for that, sign in and set up a new one. If not, answer them at once.
mail-factors-taken-button = Set up a second factor
mail-factors-taken-footer = You get this mail because the way into your account changed.
mail-application-subject = Confirm your address for { $community }
mail-application-greeting = Hello,
mail-application-body = somebody, presumably you, signed up at { $community } as @{ $handle } with this address. Confirm that it is yours, and the people who run the community look at your sign-up next.
mail-application-button = Confirm address
mail-application-footer = The link works for seven days. If this was not you, do nothing: what was sent is erased then.

mail-slow-way-subject = Confirm your address for { $community }
mail-slow-way-greeting = Hello,
mail-slow-way-body = somebody, presumably you, signed up at { $community } as @{ $handle } with this address. Confirm that it is yours, and your account begins.
mail-slow-way-button = Confirm address
mail-slow-way-footer = The link works for seven days. If this was not you, do nothing: what was sent is erased then.

mail-approved-subject = You are in: { $community }
mail-approved-greeting = Hello,
mail-approved-body = the people who run { $community } have let you in. You are @{ $handle } there.
mail-approved-button = Sign in
mail-approved-footer = Sign in as you chose when you signed up. If the password is forgotten, the sign-in page helps.

mail-declined-subject = Your sign-up at { $community }
mail-declined-greeting = Hello,
mail-declined-body = the people who run { $community } have declined your sign-up as @{ $handle }. They say: “{ $reason }”
mail-declined-footer = Everything you sent is erased on { $date }. Sign in before that to erase it at once.

