"""Errors of the database, in a sentence for the owner. Light to import."""

from bot.errors import OwnerError


class StoreError(OwnerError):
    """The database cannot be used."""


class StoreBusy(StoreError):  # noqa: N818 - it is no error, only somebody else's turn
    """Somebody else writes all the time, the server is away or slow, or it can write nothing: nothing was changed.

    Unless something was changed before, for the same answer (``after_change``).
    """

    def __init__(self, *, after_change: bool = False) -> None:
        super().__init__("The database is held by another process, or its server is away: try again later.")
        self.after_change = after_change
