# What is wrong with what was typed, wherever it is typed.
form-problems-title = This needs another look

reason-missing = Give a reason: it stands where the words were.
reason-too-long = Keep the reason within { $most } letters.
