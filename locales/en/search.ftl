search-title = Search
search-field = Search the community
search-deed = Search
search-in = In
search-in-all = All boards
search-hint = Quotation marks keep words together: "heat pump". A minus leaves a word out: pump -pool. "or" takes either.
search-too-long = Shorten this to { $most } characters: a few words find more than a whole text.
search-total = { $count ->
    [one] { $count } thread
   *[other] { $count } threads
}
search-total-at-least = More than { $count } threads
search-pages = Pages of results
search-previous = Previous
search-next = Next
search-cut-off = More was found than is shown. Add a word to find less.
search-nothing-title = Nothing was found
search-nothing = Try fewer words or other ones, or ask: somebody may know it by another name.
search-everywhere-button = Search all boards
search-ask-button = Ask a question
