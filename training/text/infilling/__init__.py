"""Infilling: the network that fills a gap in a message from what stands left and right of it."""
