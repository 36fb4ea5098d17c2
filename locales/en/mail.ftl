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
