"""What can be wrong with the database, in a sentence for the owner. Light to import."""

from bot.errors import OwnerError


class StoreError(OwnerError):
    """The database cannot be used."""
