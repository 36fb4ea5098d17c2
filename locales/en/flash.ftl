flash-welcome = Welcome. Open the link in the mail we sent you, so that we know the address is yours.
flash-signed-out = Signed out.
flash-confirmed = Your address is confirmed.
flash-confirmation-sent = The mail is on its way.
flash-password-set = Your new password is set. All other browsers are signed out.
flash-saved = Saved.
flash-session-ended = The session is ended.
flash-sessions-ended = All other sessions are ended.
