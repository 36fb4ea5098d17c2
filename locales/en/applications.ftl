sign-up-answer-missing = Answer the question. A sentence or two is enough.
sign-up-answer-too-long = Keep the answer within { $most } letters.
sign-up-approval-lead = The people who run { $community } look at each sign-up. Once you have confirmed your address, yours waits for them, and a mail tells you the outcome.
sign-up-apply-button = Send

waiting-none-title = Nothing waits here
waiting-none = If you signed up, sign in to see where you stand. If you were let in meanwhile, you are a member from then on.
waiting-confirm-title = Look into your mail
waiting-confirm = We have sent a link to { $email }. Open it, and your sign-up waits for those who look at each. What is not confirmed within seven days is erased.
waiting-confirm-alone = We have sent a link to { $email }. Open it, and your account begins. What is not confirmed within seven days is erased.
waiting-mail-again = Send the link again
waiting-approval-title = Your sign-up is being looked at
waiting-approval = Thank you. Your address is confirmed, and the people who run the community look at your sign-up next. A mail to { $email } tells you the outcome; there is nothing else to do.
waiting-mail-title = A mail is on its way
waiting-mail = In a quarter of an hour we send a link to { $email }. Your account begins when you open it. It takes so long because many programs sign up at the moment, and your browser ran no script that would tell you from them. What is not confirmed within seven days is erased.
waiting-mail-judged = In a quarter of an hour we send a link to { $email }. Open it, and your sign-up waits for those who look at each. It takes so long because many programs sign up at the moment, and your browser ran no script that would tell you from them. What is not confirmed within seven days is erased.
waiting-declined-title = You were not let in
waiting-declined = The people who run { $community } have declined your sign-up. This is what they say:
waiting-declined-kept = Everything you sent is erased on { $date }, or at once if you withdraw it.
waiting-since = Sent
waiting-withdraw-title = Changed your mind?
waiting-withdraw = Withdraw your sign-up, and everything you sent is erased at once.
waiting-withdraw-button = Withdraw my sign-up
application-confirm = Is { $email } yours? With that, your sign-up goes on.
application-link-used = It was used before, or is too old. Sign in to see where your sign-up stands.
flash-application-mail = If something is left to confirm, a link is on its way.
flash-application-withdrawn = Your sign-up is erased.
flash-application-joined = Welcome. Your account is open: sign in.

approvals-title = Approvals
approvals-tab-waiting = { $count } waiting
approvals-none-title = Nobody waits
approvals-none = Where the settings say that you look at each sign-up, whoever has confirmed their address waits here.
approval-by-provider = by { $provider }
approval-approve-button = Let in
approval-after-all-button = Let in after all
approvals-chosen-title = Those who are ticked
approvals-approve-button = Let all of them in
approvals-reason-label = Why they are declined
approvals-reason-help = They read it in a mail, word for word, and here when they sign in.
approvals-decline-button = Decline all of them
approvals-nobody-chosen = Tick at least one.
approvals-reason-missing = Tell them why.
approvals-reason-too-long = Keep the reason within { $most } letters.
approvals-declined-title = Declined
approval-declined-by = by @{ $who }
approval-erased-on = erased { $date }
approval-hint-domain = The address is much like those at { $domain }, which are not taken.
approval-hint-declined = Somebody with this address was declined before.
approval-hint-link = The answer holds a link.
approval-hint-alike = { $count ->
    [one] Another who waits gave the same answer.
   *[other] { $count } others who wait gave the same answer.
 }
flash-approved = Let in. A mail tells them.
flash-declined = Declined. A mail tells them why.
flash-decided-already = That was decided already.
admin-log-approve = Let { $member } in
admin-log-decline = Declined a sign-up

setting-sign-up-approval = Whom you approve
setting-sign-up-approval-means = Everybody can sign up, answers a question, confirms their address and then waits under Approvals. Whoever has an invitation need not wait.
setting-approval-question = Question to those who wait for approval
setting-approval-question-means = Asked at sign-up where you approve each. Left empty, nothing is asked. Answers are kept until you decide; of those declined 30 days longer.

arrival-approval = The people who run { $community } look at each sign-up. A mail tells you the outcome.
