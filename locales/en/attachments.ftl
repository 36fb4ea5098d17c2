attach-label = Pictures and files
attach-button = Attach
attach-help = Take or choose pictures and files of up to { $megabytes } MB each. Where a picture was taken, and with what, is taken out of it.
attach-alt = Describe the picture
attach-alt-help = What is to be seen? People who cannot see it will hear this.
attach-cancel = Do not attach { $name }
attach-waiting = The connection is gone. The upload goes on when it is back.
attach-broken = This file could not be uploaded. Please try it once more.
attach-done = { $name } is attached.

upload-refusal = You cannot upload here.
upload-empty = { $name } is empty.
upload-too-large = { $name } is too large: a file can have up to { $megabytes } MB.
upload-too-many = Attach up to { $most } files at once.
upload-no-room = Your files together can have up to { $megabytes } MB, and there is no room left for this one.
upload-none = Choose a file first.
upload-not-attached = { $name } is not attached yet. Choose it again and press “Attach”, or send your text without it.
upload-drawing = { $name } is an SVG drawing, which can hold scripts. Save it as PNG and attach that.
upload-unknown = { $name } is of a kind that cannot be attached. Pictures (JPEG, PNG, GIF, WebP), PDF, text, office files, sound, video and ZIP can.
upload-broken = { $name } is damaged or not complete. Please open it on your device, save it anew and attach that.
upload-too-many-pixels = { $name } has more than 40 megapixels. Make it smaller and attach that.
upload-too-lively = { $name } has too many or too large moving pictures. Cut it, or attach it as a video.
attachments-not-here = Pictures and files cannot be attached on this board. Take them out of your text.
attachment-gone = A picture or file in your text is not there any more. Take it out of your text, or attach it again.

picture-title = Picture
picture-close = Close
picture-previous = Previous picture
picture-next = Next picture

setting-largest-upload = Longest file
setting-largest-upload-means = In megabytes. What a member attaches can be so large; a phone’s photograph has 3 to 12.
setting-uploads-each = Room for each member
setting-uploads-each-means = In megabytes. All files of one member together can be so large.
