"""What the owner at the terminal has to hear of. Light to import, for everybody may raise it."""


class OwnerError(Exception):
    """The bot cannot start or go on; the message is one sentence that says what to do."""
