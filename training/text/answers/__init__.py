"""Answers: turn pairs of the room, lines that several people say, and the picker of what belongs to a message."""
