"""Reactions: which emoji the room would give a message, learnt from the signs in its own messages."""
