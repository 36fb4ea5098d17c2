error-not-found-title = Nothing here
error-not-found = The address may be mistyped, or what stood here was moved or is not open to you.
error-sign-in-title = Sign in first
error-sign-in = Your session has ended. Sign in in another tab, then come back and send this again.
error-sign-in-button = Sign in in a new tab
error-refused-title = That is not possible
error-bad-request-title = That did not arrive whole
error-bad-request = The request holds something this page does not ask for. Go back, reload the page and try again.
error-too-long-title = That is too long
error-too-long = More was sent than we take at once. Go back, shorten it and send it again.
error-too-fast-title = One moment
error-too-fast-seconds = That was more than we take from one person or one network in so short a time. Try again in { $seconds ->
    [one] one second
   *[other] { $seconds } seconds
  }.
error-too-fast-minutes = That was more than we take from one person or one network in so short a time. Try again in { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
  }.
error-busy-title = Much is going on
error-busy = More people want the same than can be served at once. Wait a few seconds and try again.
error-ours-title = Something broke on our side
error-ours = It is not your doing, and it has been noted. Try again in a moment.
error-request = If it happens again, tell us this number: { $id }
error-home-button = Go to the home page
error-typed-title = What you typed
error-again-button = Send again

error-second-factor-title = Set up a second factor first
error-second-factor = This community asks for one on your account. Nothing was changed; until it is there, you can set it up or sign out.
