"""Songs: ``/song``, its button, and songs for other features."""

from collections.abc import Sequence

from discord.ext import commands

from bot.features.feature import Feature, FeatureClient, KeepsNothing, Services
from bot.features.song.cog import AnotherVerse, Songs
from bot.features.song.formatting import text_of
from bot.features.song.request import Request
from bot.features.song.texts import SongTexts
from bot.groups.group import Place
from bot.i18n import UserFacingError

_SHORT = 4
"""Lines of a song that stands under something else."""


class SongFeature(KeepsNothing, Feature):
    """Writes songs, where the bundle can; a song is in its message."""

    texts = SongTexts
    buttons = (AnotherVerse,)
    model = "songwriter"

    def __init__(self, client: FeatureClient, services: Services) -> None:
        """Put the feature together."""
        super().__init__(client, services)
        self._songs = Songs(services, client)

    def cogs(self) -> Sequence[commands.Cog]:
        """Return ``/song``."""
        return [self._songs]

    async def song(self, place: Place, words: str, seed: int) -> str | None:
        """Return a short song whose refrain begins with ``words``; None where there is no writer of songs."""
        group = await self.services.groups.at(place, deferred=True)
        if group.models.songwriter is None:
            return None
        try:
            return text_of(await self._songs.written(Request(words, _SHORT, seed), place, group))
        except UserFacingError:
            return None
