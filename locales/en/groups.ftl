groups-title = Groups
groups-lead = Members who belong together. Some boards are for a group alone.
groups-none-title = No groups yet
groups-none = When there are some, they stand here.

group-kind-open = Open: join and leave as you like
group-kind-request = By request: its owners let you in
group-kind-invitation = By invitation: its owners bring you in
group-kind-hidden = Hidden: nobody outside knows of it
group-members-count = { $count ->
    [one] { $count } member
    [1000] 1,000 members or more
   *[other] { $count } members
}

group-you-asked = You asked to join
group-you-by-rank = You are in it by your rank
group-you-member = You are in it
group-you-owner = You own it

group-join-button = Join this group
group-request-button = Ask to join
group-withdraw-button = Withdraw request
group-leave-button = Leave this group
group-govern-button = Manage group

group-waiting = Wants to join
group-approve-button = Let in
group-approve-label = Let { $name } in
group-decline-button = Decline
group-decline-label = Decline { $name }

group-add-title = Bring somebody in
group-add-label = Handle
group-add-help = As it stands on their profile behind the @.
group-add-button = Add member

group-members = Members
group-nobody = Nobody is in it yet.
group-owner = Owner
group-by-rank = By rank
group-remove-button = Remove
group-remove-label = Remove { $name }
group-guest = Members can read who is in this group.

group-join-refusal = One does not join this group by oneself.
group-request-refusal = This group takes no requests.
group-leave-refusal = Your rank brings you into this group. You are in it as long as you hold that rank.
group-owners-only = Only owners of the group can do this.
group-owner-refusal = Only administrators make owners and take them out.

group-name-missing = Give the group a name.
group-name-too-long = Keep the name within { $most } letters.
group-description-too-long = Keep the description within { $most } letters.
group-rank-unknown = Choose a rank from the list.

flash-group-joined = You are in.
flash-group-left = You left the group.
flash-group-asked = Asked. The owners of the group will see it here.
flash-group-added = Added.
flash-group-declined = Declined.
flash-group-removed = Removed from the group.
