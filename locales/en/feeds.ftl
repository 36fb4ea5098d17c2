feed-reply = { $name } on “{ $title }”
