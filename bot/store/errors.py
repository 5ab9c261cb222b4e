"""Errors of the database, in a sentence for the owner. Light to import."""

from bot.errors import OwnerError


class StoreError(OwnerError):
    """The database cannot be used."""


class StoreBusy(StoreError):  # noqa: N818 - it is no error, only somebody else's turn
    """Somebody else writes all the time, or the server is away; nothing was changed."""

    def __init__(self) -> None:
        super().__init__("The database is held by another process, or its server is away: try again later.")
