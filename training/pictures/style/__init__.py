"""A style of one's own: a network that paints any photo as one picture is painted."""
