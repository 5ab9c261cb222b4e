"""The networks that can learn a chat's voice, one family a file."""
