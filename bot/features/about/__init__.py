"""``/about``: who speaks here, and what it was made from."""
