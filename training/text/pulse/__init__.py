"""The pulse of a room: counts of its hours, the network that foretells them, and the year in counts."""
