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
