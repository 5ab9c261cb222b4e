"""What training and serving of songs have to agree on. Knows nothing of networks."""

STANZA = 4
"""Lines that a writer of songs has seen together, each with its end mark: of a song it reads the last ones."""
