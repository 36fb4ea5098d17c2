admin-title = Administration
admin-tab-overview = Overview
nav-admin = Administration

admin-figure-boards = open boards
admin-figure-groups = groups
admin-latest = Latest changes
admin-save-button = Save changes
admin-edit-button = Edit
admin-rights-button = Rights

# Boards and categories
admin-board-new = New board
admin-board-open-button = Open board
admin-category-new = New category
admin-category-open-button = Add category
admin-category-empty = No boards here yet.
admin-order-grip = Move { $name }
admin-order-grip-help = Drag it, or press space to take it, the arrow keys to move it, space to put it down, and escape to leave it where it was.
admin-order-held = { $name } taken, place { $place }. Move it with the arrow keys.
admin-order-moved = { $name }, place { $place }.
admin-order-back = { $name } is where it was.
admin-order-title = Somebody changed the order
admin-order-lead = While you were moving things, another administrator did too. Nothing of yours was saved yet. Choose which order is to stand.
admin-order-gone = While you were moving things, another administrator added or moved boards. Your order does not fit any more: look at the new one, and begin again from there.
admin-order-now = As it stands now
admin-order-yours = As you put it
admin-order-use-yours = Use my order
admin-order-keep = Keep it as it stands
admin-move-up = Move { $name } up
admin-move-down = Move { $name } down
admin-archived = Archived
admin-seen-by-everyone = Everybody can see it
admin-seen-by-members = Members can see it
admin-seen-by-some = Only some can see it

admin-field-name = Name
admin-field-description = Description
admin-field-style = Threads are
admin-field-icon = Icon
admin-field-tone = Colour
admin-field-category = Category
admin-field-audience = Who it is for
admin-field-kind = How one gets in
admin-field-rank = Rank
admin-field-role = Role
admin-field-reason = Reason
admin-field-sessions = Sessions
admin-field-place = Place
admin-field-value = Value
admin-slug-label = Address
admin-slug-help = The last part of its address. Left empty, it is made of the name. It stays when the name changes.
admin-slug-taken = This address is taken. Choose another.
admin-board-description-help = Its purpose in one line.
admin-name-missing = Give it a name.
admin-name-too-long = Keep the name within { $most } letters.
admin-description-too-long = Keep the description within { $most } letters.
admin-category-missing = Choose a category from the list.
admin-icon-unknown = Choose an icon from the list.
admin-tone-unknown = Choose a colour.

admin-style-questions = Questions, which can be solved
admin-style-discussion = Talk
admin-style-announcements = News, which staff begin and everybody answers
admin-audience-category = What its category says
admin-audience-none = Said on each board
admin-audience-everyone = Everybody: guests read, members write
admin-audience-members = Members: guests do not know of it
admin-audience-staff = Staff and moderators: nobody else knows of it

admin-archive-link = Archive
admin-archive-title = Archive { $name }
admin-archive-means = Whoever can see the board can still read, search and link to everything on it. Nobody can reply, start threads, edit or give kudos there. Moderators can still remove posts. You can open it again at any time.
admin-archive-button = Archive board
admin-reopen-button = Open again

# Rights
right-nothing = Nothing
right-see = See
right-reply = Reply
right-start = Start threads
right-upload = Upload
right-moderate = Moderate

role-guest = Guests
role-member = Members
role-moderator = Moderators
role-staff = Staff
role-admin = Administrators
role-moderator-means = Keeps every board fair that says so of moderators, under a pseudonym.
role-staff-means = Speaks for the brand, with the mark on every post.
role-admin-means = Runs the community, and may do everything everywhere.

admin-rights-title = Rights on { $name }
admin-rights-lead-board = Each level holds those before it. What roles, groups and a member’s own line give adds up.
admin-rights-lead-category = Every board of the category has these rights, unless it says otherwise.
admin-rights-matrix = Who may do what
admin-rights-role = Role
admin-rights-group = Group
admin-rights-member = Single member
admin-rights-inherit = As { $category }: { $level }
admin-rights-inherit-upload = As { $category }: { $level }, upload
admin-rights-inherit-nothing = As its category: nothing
admin-rights-unset = Not said here
admin-rights-one-member = Give a single member rights here
admin-rights-one-member-help = A moderator of this place alone, for example.
admin-rights-may = May
admin-rights-save-button = Save rights

admin-why-title = What can somebody do here, and why?
admin-why-button = Show
admin-why-answer = { $name } on this board
admin-why-yes = Yes
admin-why-no = No
admin-why-none = No rule gives it.
admin-why-archived = The board is archived.
admin-why-admin = Administrators may do everything everywhere.
admin-why-own = { $who }: { $level }, said on this board
admin-why-inherited = { $who }: { $level }, inherited from { $category }

# Groups
admin-group-new = New group
admin-group-found-button = Found group
admin-group-page = Its page
admin-group-description-help = What the group is for. Whoever can see it reads this.
admin-groups-none = Found one to give its members rights on boards.
admin-group-rank-label = Brought in by a rank
admin-group-rank-help = Whoever holds this rank or a higher one is in the group, as long as they hold it.
admin-group-rank-none = No rank
admin-make-owner = Make { $name } an owner
admin-unmake-owner = Make { $name } a plain member
admin-group-places = Where the group has rights
admin-group-no-places = Nowhere yet. Give it some on the rights page of a board or a category.
admin-group-delete-link = Delete
admin-group-delete-title = Delete { $name }
admin-group-delete-means = { $count ->
    [0] Nobody is in the group. What it was allowed on boards ends at once. This cannot be undone; the log keeps what the group was.
    [one] One member is taken out of the group. What it was allowed on boards ends at once; their posts stay. This cannot be undone; the log keeps what the group was.
    [1000] A thousand members or more are taken out of the group. What it was allowed on boards ends at once; their posts stay. This cannot be undone; the log keeps what the group was.
   *[other] { $count } members are taken out of the group. What it was allowed on boards ends at once; their posts stay. This cannot be undone; the log keeps what the group was.
}
admin-group-delete-places = What ends
admin-group-delete-button = Delete group

# Members
admin-members-title = Members
admin-members-find = Find a member
admin-members-find-help = The beginning of a handle, a name, a last name or an email address.
admin-members-find-button = Show members
admin-members-all = Show all
admin-members-found = Found
admin-members-none = Nobody is like that.
admin-members-none-here = Nobody among those looked at so far. Look further.
admin-members-more = Look further
admin-members-cut = There may be more than can be looked at at once. Write more of the name, or choose something else as well.
admin-members-seen-lately = Without a search, whoever was not seen for 30 days is not in this list.
admin-any-role = Any
admin-any-group = Any
admin-any-rank = Any
admin-group-label = Group
admin-state-label = Account
admin-state-open = Open
admin-state-unproved = Address not proved
admin-state-single = Without a second factor
admin-state-closed = Closed
admin-state-erased = Erased
admin-sort-label = Order
admin-sort-newest = Newest first
admin-sort-seen = Seen last first
admin-member-posts = { $count ->
    [one] 1 post
   *[other] { $count } posts
}
admin-member-joined = Joined
admin-member-seen = Last seen
admin-member-written = Wrote
admin-member-proved = Proved
admin-member-second-factor = Has a second factor
admin-member-account = Account
admin-member-closed = Closed on
admin-member-erase = It is erased on
admin-member-erased = Everything about this member was erased on
admin-member-no-sessions = Signed in nowhere.
admin-member-history = History
admin-member-no-history = Nobody has changed anything about this member.
admin-sessions-end = End all sessions
admin-sessions-no-reason = Say why. It stands in the log.
admin-sessions-reason-help = Stands in the log for good. Name nobody in it.
admin-roles = Roles
admin-role-held = Held
admin-role-grant = Add to { $role }
admin-role-revoke = Take out of { $role }
admin-member-no-groups = In no group.
admin-member-places = Rights of their own
admin-member-no-places = None: they have what their roles and groups give.
last-admin-refusal = Somebody must run the community. Make somebody else an administrator first.

# Settings
admin-settings-title = Settings
admin-settings-lead = What holds for the whole community. Every change acts at once and stands in the log.
settings-section-community = Community
settings-section-members = Members
settings-section-sign-in = Sign-in
setting-default = Default: { $value }
setting-empty = empty
setting-on = on
setting-off = off
setting-back = Back to default
setting-changed-by = Changed by { $who },
setting-community = Name of the community
setting-community-means = Stands in the header, in titles and in mails.
setting-welcome = Welcome
setting-welcome-means = One sentence about what this place is. Guests read it first on the home page, everybody at the foot of each page.
setting-brand = Brand
setting-brand-means = Stands in the mark on what staff write: who speaks for whom.
setting-brand-color = Colour of the brand
setting-brand-color-means = Buttons and links are drawn in it. Six digits after a #, as #105f74. Where words in it could not be read, pages draw it darker or lighter.
setting-color-light = On light pages as it is, { $color }
setting-color-light-adjusted = On light pages darker, { $color }, so that words in it can be read
setting-color-dark = On dark pages as it is, { $color }
setting-color-dark-adjusted = On dark pages lighter, { $color }, so that words in it can be read
setting-second-factor = Who must have a second factor
setting-second-factor-means = Who must and has none is led to set one up with the next click, and can do nothing else until then. That goes for you as well.
second-factor-nobody = Nobody
second-factor-nobody-means = Whoever wants one sets it up.
second-factor-staff = Staff
second-factor-staff-means = Moderators, also those of single boards, staff and administrators.
second-factor-everybody = Everybody
second-factor-everybody-means = Every member.
setting-missing = This cannot be empty.
setting-too-long = Keep it within { $most } letters.
setting-no-number = Give a whole number from { $least } to { $most }.
setting-not-chosen = Choose one of these.
setting-no-color = Give a colour as # and six digits from 0 to 9 and a to f, as #105f74.
setting-changed-meanwhile = Somebody else changed this since you opened the page, to: { $value }. Save again if you want yours all the same.

admin-factors-title = Second factor
admin-factors-none = None.
admin-factors-help = Who has lost app and passkeys and has no recovery code left cannot sign in. Make sure that it is them who ask: this leaves their password as the only lock, or a mailed link where they have none. They are signed out everywhere and told by mail.
admin-factors-take = Take second factors away
admin-field-factors = Second factors

# The log
admin-log-title = Log
admin-log-lead = Every change of boards, rights, groups, roles, ranks, points and settings, newest first. Nobody can change what stands here.
admin-log-what = What
admin-log-all = The whole log
admin-log-empty = Nothing has been changed yet.
admin-log-found-category = Added the category { $name }
admin-log-edit-category = Changed the category { $name }
admin-log-move-category = Moved the category { $name }
admin-log-found-board = Opened the board { $name }
admin-log-edit-board = Changed the board { $name }
admin-log-move-board = Moved the board { $name }
admin-log-archive-board = Archived the board { $name }
admin-log-reopen-board = Opened the board { $name } again
admin-log-set-rights = Changed rights on { $name }
admin-log-found-group = Founded the group { $name }
admin-log-edit-group = Changed the group { $name }
admin-log-delete-group = Deleted the group { $name }
admin-log-add-member = Let { $member } into { $name }
admin-log-remove-member = Took { $member } out of { $name }
admin-log-decline-request = Declined { $member } in { $name }
admin-log-make-owner = Made { $member } an owner of { $name }
admin-log-unmake-owner = Made { $member } a plain member of { $name }
admin-log-grant-role = Gave { $name } a role
admin-log-revoke-role = Took a role from { $name }
admin-log-take-factors = Took the second factors of { $name } away
admin-log-end-sessions = Ended sessions of { $name }
admin-log-change-setting = Changed the setting { $name }

flash-admin-board-opened = The board is open. These are its rights.
flash-admin-category-opened = The category stands.
flash-admin-archived = Archived.
flash-admin-reopened = Open again.
flash-admin-rights = The rights hold from now on.
flash-admin-group-founded = The group stands. Bring somebody in and make an owner.
flash-admin-group-deleted = Deleted.

admin-log-close-account = Closed an account
admin-close-lead = For a member who asks for it and cannot do it themselves.
admin-close-link = Close this account
admin-close-title = Close the account of { $name }
admin-close-what = This is what happens:
admin-close-at-once = At once, their profile is gone, they are signed out everywhere, and their name is replaced by “Former member”. Roles are taken away. We tell them by mail.
admin-close-grace = Until { $date } they can come back by signing in. After that, everything about them is erased.
admin-close-posts-stay = What they wrote in threads stays, under “Former member”.
admin-close-posts-go = What they wrote in threads is withdrawn and erased, but for questions that were answered.
admin-close-handle = Their handle
admin-close-no-grace = Erase everything at once. Nobody can bring it back.

setting-sign-up = Who may become a member
setting-sign-up-means = Members stay members, whatever stands here.
setting-sign-up-open = Everybody
setting-sign-up-open-means = Whoever has an address.
setting-sign-up-invitation = Whom you invite
setting-sign-up-invitation-means = Links for several people or mails to single ones, made under Invitations. Whoever comes by a sign-in provider needs one too.
setting-sign-up-closed = Nobody by themselves
setting-sign-up-closed-means = You make accounts on the server, with candor member create. Sign-in providers that take people in still do; the page for signing up names them.
setting-proof-of-work = Puzzles for browsers at sign-up
setting-proof-of-work-means = A puzzle costs a phone about a second, and a program that signs up by the thousand as many. People notice nothing of it. Without scripts one signs up all the same: the mail with which the account begins comes a quarter of an hour later.
setting-proof-of-work-off = Never
setting-proof-of-work-off-means = Other traps stay set.
setting-proof-of-work-attack = Under attack
setting-proof-of-work-attack-means = By itself, as long as more than 20 sign-ups in ten minutes come from all networks together.
setting-proof-of-work-always = Always
setting-proof-of-work-always-means = At every sign-up without an invitation.
setting-refused-domains = Addresses that are not taken
setting-refused-domains-means = Domains of addresses that are thrown away after one use, one a line. They are refused to whoever signs up, in words that help people.
