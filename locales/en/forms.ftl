# What is wrong with what was typed, wherever it is typed.
form-problems-title = This needs another look

reason-missing = Give a reason: everybody can read it.
reason-too-long = Keep the reason within { $most } letters.

handle-missing = Name somebody by their handle.
handle-nobody = Nobody is called { $handle } here.
