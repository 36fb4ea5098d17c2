tags-title = Tags
tags-lead = Words by which threads are found, the most used first.
tags-none-title = No tags yet
tags-end-title = That was the last tag
tags-none = Whoever starts a thread can give it some.
tags-more = More tags
tags-most-used = Most used
tag-threads = { $count ->
    [one] { $count } thread
   *[other] { $count } threads
}
tag-threads-many = { $count }+ threads
tag-restricted = Given by staff and moderators
tag-feed = Feed
tag-follow = Follow
tag-following = Following
tags-followed = You follow
flash-tag-followed = New threads with this tag come to your inbox.
flash-tag-unfollowed = You no longer follow this tag.
tag-govern-button = Manage
thread-tag-restricted = Only staff and moderators give or take the tag { $tag }.
boards-tags-link = All tags

admin-tags-lead = What tags mean, what else they are called, and who gives them.
admin-tags-find = Beginning of a name, or a synonym
admin-tags-find-button = Find
admin-tags-all = All tags
admin-tags-none = No tag is called so.
admin-tags-cut = More names begin so. Type more of the name.
admin-tag-restricted-chip = Restricted
admin-tag-also = also { $names }
admin-tag-page = See the threads
admin-tag-name-help = Letters without accents, digits and hyphens. The name it has now becomes a synonym, so links go on working.
admin-tag-name-invalid = Tags are made of Latin letters, digits and hyphens, up to 30 letters.
admin-tag-name-taken = Another tag has this name or means it. Make that one a synonym instead.
admin-tag-description-help = When to give it, in one line. Shown on its page and in the list of tags.
admin-tag-restricted = Only staff, moderators and administrators give it
admin-tag-synonyms = Synonyms
admin-tag-synonyms-lead = Whoever types one of these gets the tag, and their addresses lead to it.
admin-tag-synonym-label = New synonym
admin-tag-synonym-help = It may be a tag that there is: then its threads are carried over.
admin-tag-synonym-add = Add
admin-tag-synonym-taken = This is the tag’s own name, or a synonym already.
admin-tag-synonym-remove = Remove
admin-tag-synonym-remove-label = Remove { $name }
admin-tag-carries = { $count ->
    [one] The tag { $name } is on { $count } thread. It gets this tag instead, and { $name } ends. That cannot be taken back.
   *[other] The tag { $name } is on { $count } threads. They get this tag instead, and { $name } ends. That cannot be taken back.
}
admin-tag-left = Being carried over, { $count } to go
admin-tag-synonym-carries = The threads of the tag that had this name are still being carried over. Try again when they are.
admin-tag-carry-button = Carry over
admin-field-restricted = Restricted
admin-field-synonym = Synonym
admin-field-carried = Threads carried over
admin-log-edit-tag = Changed the tag { $name }
admin-log-add-synonym = Added a synonym to the tag { $name }
admin-log-remove-synonym = Removed a synonym of the tag { $name }
