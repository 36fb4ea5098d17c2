# Signing in by a provider
sign-in-or = or
provider-continue = Continue with { $provider }
provider-go-title = On to { $provider }
provider-go = Your browser goes there by itself. If it does not, use the button.
provider-again = Try again
provider-otherwise = Sign in another way
provider-stale-title = This sign-in is over
provider-stale = It took too long, was begun in another browser, or has been used already. Begin again.
provider-other = Somebody else is signed in here by now, or nobody. Nothing has been changed.
provider-denied-title = You did not sign in
provider-denied = { $provider } says that you stopped there. Nothing has been changed here.
provider-said-title = { $provider } could not sign you in
provider-said = Something went wrong over there. Try again in a moment, or sign in another way.
provider-down-title = { $provider } does not answer
provider-down = We could not reach it. Try again in a moment, or sign in another way.
provider-untrue-title = We could not believe { $provider }
provider-untrue = What it said of you did not hold, so nobody was signed in. Try again; if it happens again, tell whoever runs this community.
provider-linked-title = This does not fit
provider-linked = What you are at { $provider } belongs to another account here, or this account to another one there. Nothing has been changed.
provider-not-anew-title = { $provider } did not ask you
provider-not-anew = It let you through without asking who you are. Sign out there and try again, or set a password by a link that we send to your address.

# Somebody new
arrival-title = One more step
arrival-lead = { $provider } knows you as { $label }. Choose what you are called here.
arrival-lead-unnamed = { $provider } knows you. Choose what you are called here.
arrival-known = An account here has the address { $email }. If it is yours, sign in to it, and you can come by either way.
arrival-address-taken = An account here has this address. Sign in to it below, or choose another address.
arrival-not-taken-in = { $provider } is for members who have linked it to their account.
arrival-uninvited = Membership is by invitation. Open the link of yours, and choose { $provider } there.
arrival-have-title = I already have an account
arrival-have = Sign in to it as you did so far; then we ask whether to link the two.
arrival-have-button = Sign in to my account
arrival-yours-title = You are signed in as @{ $handle }
arrival-yours = Linked, you can come to this account by { $provider } as well.
arrival-link-button = Link to @{ $handle }
arrival-gone-title = This is settled
arrival-gone = It was too long ago, has been used, or is linked to another account already. Begin again at the sign-in page.

# One's own
settings-providers = Other ways to sign in
settings-providers-lead = Accounts elsewhere by which you can sign in here. We tell you by mail when one is linked or unlinked.
settings-providers-used = last used { $when }
settings-providers-unlinked = not linked
settings-providers-off = switched off here
settings-providers-only = your only way in: set a password first to unlink it
settings-providers-link = Link { $provider }
settings-providers-unlink = Unlink { $provider }
settings-providers-password-help = To link or unlink one, we ask for it again.
settings-providers-show = Show again who you are, and for ten minutes you can change how you sign in.
settings-providers-show-password = You signed in a while ago. Sign in again, and for ten minutes you can change how you sign in.
settings-providers-show-button = Show it by { $provider }
settings-providers-show-first = Show first who you are.
settings-providers-last = It is your only way to sign in. Set a password first.
settings-email-show-first = To change it, show again who you are, further down; or set a password first.

flash-provider-linked = Linked. You can sign in by it from now on.
flash-provider-unlinked = Unlinked.
flash-provider-proved = Thank you. For ten minutes you can change how you sign in.
flash-welcome-confirmed = Welcome.

mail-provider-linked-subject = { $provider } was linked to your account at { $community }
mail-provider-linked-greeting = Hello { $name },
mail-provider-linked-body = from now on one can sign in to your account @{ $handle } by { $provider }. If this was you, there is nothing to do. If not, unlink it and set a new password at once.
mail-provider-linked-button = Look at your account
mail-provider-linked-footer = You get this because the way into your account at { $community } changed.
mail-provider-unlinked-subject = { $provider } was unlinked from your account at { $community }
mail-provider-unlinked-greeting = Hello { $name },
mail-provider-unlinked-body = one can no longer sign in to your account @{ $handle } by { $provider }. If this was not you, set a new password at once.
mail-provider-unlinked-button = Look at your account
mail-provider-unlinked-footer = You get this because the way into your account at { $community } changed.

# Administration
providers-title = Sign-in providers
providers-none-title = No providers yet
providers-none = Members sign in with a password. Add a provider of OpenID Connect, such as your company’s, to let them come by it.
provider-new = New provider
provider-add-button = Add provider
provider-on = switched on
provider-off = switched off
provider-takes-in-fact = new members may come by it
provider-name-help = As people know it: it stands on the button.
provider-callback-label = Callback address
provider-callback-help = Register it with the provider, word for word.
provider-callback-later = It is made of the address below. Once the provider is added it stands here, to be registered there.
provider-test-button = Test this provider
provider-issuer-label = Issuer
provider-issuer-help = The provider’s own address, exactly as it writes it: what stands before /.well-known/openid-configuration.
provider-issuer-invalid = Write the whole address, such as https://id.example.com, without anything behind a question mark.
provider-client-label = Client ID
provider-client-missing = Copy it from the provider.
provider-secret-label = Client secret
provider-secret-help = Copy it from the provider. It is kept sealed, and nobody reads it here again. Leave it empty if the provider gives none.
provider-secret-kept = One is kept. Leave this empty to keep it, or type another to take its place.
provider-secret-forget = Forget the secret: the provider gives none any more
provider-secret-too-long = This is too long to be a secret of a provider.
provider-secret-of-another = The issuer is another now, and would be sent the secret of the one before. Type in its own, or take the secret away.
provider-scopes-label = Scopes
provider-scopes-help = What we ask to be told, with blanks between. “openid” is always among them.
provider-scopes-invalid = Write plain words with blanks between.
provider-choices = What it is good for
provider-enabled-label = Switched on
provider-enabled-help = Its button stands on the pages for signing in and up. Switched off, nobody signs in by it.
provider-takes-in-label = New members may come by it
provider-takes-in-help = Without this, it is for members who have linked it to their account.
provider-trusts-label = Addresses that it calls verified count as confirmed
provider-trusts-help = Tick this only for a provider that proves addresses itself.
provider-claim-label = Claim of groups
provider-claim-help = What the provider calls the list of somebody’s groups, often “groups”. Leave it empty if it has none.
provider-claim-missing = Say which claim holds the values.
provider-claim-too-long = This is too long for the name of a claim.
provider-groups-label = Values and groups
provider-groups-help = A line for each: what the provider says = the address of the group here, as in engineers = staff-team. Membership follows at each sign-in; whoever joined by hand stays.
provider-groups-invalid = Write each line as value = address of the group.
provider-roles-label = Values and roles
provider-roles-help = A line for each, as in support = staff or trusted = moderator. The role comes at the next sign-in, and goes when the provider says so no longer; whoever was given it by hand keeps it, and from whom it is taken by hand gets it again at the next sign-in as long as the line stands. Administrators are made by administrators.
provider-roles-invalid = Write each line as value = staff, or value = moderator.
provider-group-unknown = No group has the address { $slug }.
provider-position-label = Order
provider-position-help = Buttons stand in the order of these numbers.
provider-position-invalid = Write a number from 0 to 999.
provider-test-good = All is well: it answers, says the issuer that stands here, and has keys that we understand.
provider-test-description = It answers, but what it says will not do: { $said }
provider-test-address = The issuer is not an address of the web.
provider-test-plain = The issuer begins with http://. Outside networks that CANDOR_OUTBOUND_ALLOW names, it must begin with https://.
provider-test-name = Its name is not known. Look for a typing mistake, and whether this server can look up names.
provider-test-private = It lies in a private network or on an unusual port. If it should be asked, name its network in CANDOR_OUTBOUND_ALLOW.
provider-test-silent = Nothing answers there. Look whether it runs, and whether a firewall lets this server through.
provider-test-certificate = Its certificate is not good, or it speaks no TLS. The certificate must be known to this server’s system.
provider-test-slow = It did not answer in time.
provider-test-too-long = Its answer is far longer than such an answer is. Is this the issuer’s address?
provider-test-garbled = Its answer is not that of a web server.
provider-test-busy = Too much is being asked of other servers at the moment. Try again soon.
flash-admin-provider-added = Added. Register the callback address with the provider, and test it.

admin-log-add-provider = Added the sign-in provider { $name }
admin-log-edit-provider = Changed the sign-in provider { $name }
admin-field-enabled = Switched on
admin-field-mappings = Values and groups
