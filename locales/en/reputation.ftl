kudos-own-refusal = Kudos are for the posts of others.
kudos-refusal = Kudos can be given on boards where you may reply, to posts that still stand.
