# Second factors: an app that makes codes, passkeys, and recovery codes.
factors-title = Second factor
factors-lead = Your password is what you know; a second factor is something you have. Whoever learns the password still cannot sign in without it.
factors-none = Your password alone signs you in. With a second factor, somebody who learns it still cannot.
factors-some = After your password you are asked for one of these.
factors-set-up = Set up a second factor
factors-manage = Change second factors
factors-owed-title = Set up a second factor
factors-owed = { $community } asks for a second factor on your account. Set up an app or a passkey here; everything else is open to you right afterwards.
factors-fresh = Your account has no password to ask for. You need to have shown within the last ten minutes who you are.
factors-not-fresh = You have not shown within the last ten minutes who you are. Show it by your provider on the page of your second factors, or sign out and sign in again.
factors-show = Show again who you are, and for ten minutes you can set up a second factor.

factor-app = Authenticator app
factor-on = On
factor-since = Since
factor-app-on = Authenticator app
factor-app-off = Codes of an app
factor-app-help = An app on your phone shows six digits, new ones every half minute. Most password managers can do it, too.
factor-app-begin = Set up an app
factor-app-change = Change app
app-begin-lead = Take any app that shows codes for signing in. The next page has a picture for it to read.
app-begin-button = Continue
app-read-lead = Let your app read this picture, then enter the code it shows. Only then the app is asked for.
app-picture = A square code for your app to read. The same is written below.
app-type = Or type this into the app:
app-code = Code
app-code-help = The six digits that the app shows now.
app-confirm-button = Turn on
app-remove-lead = To set up another app, take this one away first.
app-remove-button = Take the app away
app-there-refusal = Your account has an app already. Take it away before you set up another.

code-missing = Enter a code.
code-wrong = This is not the code, or it was used before. Wait for the next one and try again.
code-seed-lost = The codes of your app cannot be checked at the moment. Use a recovery code, and tell the people who run this community.

passkeys-title = Passkeys
passkeys-lead = A passkey lives in your phone, computer, password manager or security key, and opens with a finger, a face or a PIN. It signs you in without a password.
passkeys-not-offered = Browsers allow passkeys only where a community is reached by https and a name.
passkeys-count = { $count ->
    [one] One passkey
   *[other] { $count } passkeys
}
passkey-add = Add a passkey
passkey-name = What you call it
passkey-name-help = The device it lives in, such as My phone.
passkey-next = Continue
passkey-make-lead = Your browser asks you where to keep the passkey.
passkey-make-button = Make the passkey
passkey-needs-script = Passkeys need JavaScript. An app works without.
passkey-failed = That did not work. Try again, or take another way.
passkey-not-added = The passkey was not added: it came too late, or the device has one for you already. Try again.
passkey-added-at = Added
passkey-used-at = last used
passkey-unused = not used yet
passkey-change = Change
passkey-rename-button = Save name
passkey-remove-title = Remove
passkey-remove-lead = It signs nobody in any more. Your device may still offer it; delete it there as well.
passkey-remove-button = Remove passkey
passkey-copied = This passkey may have been copied: its counter went back. It was refused. Sign in another way, remove it, and add a new one.
passkey-unknown = We do not know this passkey, or the answer came too late. Try again, or take another way.
passkeys-many-refusal = Twenty passkeys are the most. Remove one that you no longer use.

codes-title = Recovery codes
codes-left = { $count ->
    [0] No recovery code left
    [one] One recovery code left
   *[other] { $count } recovery codes left
}
codes-help = Each signs you in once, where app and passkeys are out of reach.
codes-renew-link = Make new ones
codes-renew-lead = New ones take the place of those you have, which stop working.
codes-renew-button = Make ten new codes
codes-alone-refusal = Recovery codes stand in for a second factor. Set one up first.
codes-made-title = Keep these recovery codes
codes-made-lead = Each signs you in once, in place of your second factor. They are shown this once: print them, or keep them where you keep what you must not lose, but not beside your password.
codes-copy = Copy
codes-copied = Copied
codes-print = Print
codes-kept = I have kept them

last-factor-refusal = This community asks for a second factor on your account, and this is the last. Set up another one first.
only-way-refusal = Your account has no password, so this passkey is the only way in. Set a password or add another passkey first.
own-factors-refusal = Nobody takes their own second factor away here. Do it in your settings, where it asks for your password and a code.

step-title = Second step
step-lead = Your account has a second factor.
step-code = Code
step-code-help = The six digits of your app, or a recovery code.
step-passkey-button = Use a passkey
step-lost = Lost everything? The people who run this community can take your second factor away.
sign-in-passkey-button = Sign in with a passkey

session-by-password = by password
session-by-link = by a mailed link
session-by-passkey = by passkey
session-by-provider = through a provider
session-with-app = { $proof } and app
session-with-code = { $proof } and recovery code
session-with-passkey = { $proof } and passkey

flash-app-added = The app is asked for from now on.
flash-app-over = That took too long. Begin once more.
flash-passkey-added = The passkey is added. You can sign in with it alone.
flash-factor-removed = Removed.
flash-step-over = The second step took too long or too many tries. Sign in once more.
