"""``/privacy``: what is kept of a member, theirs as a file, and all of it forgotten."""
