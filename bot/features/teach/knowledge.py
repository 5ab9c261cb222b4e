"""What is known at a place at this moment: the network of its group, what was taught, and the names that may be said.

Knows no Discord, but whom to ask for lines that were refused.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.features.feature import FeatureClient
from bot.features.teach.classifier import FEWEST_THINGS
from bot.features.teach.names import refused_among
from bot.features.teach.taught_pictures import TaughtPicture, TaughtPictureRepository
from bot.features.teach.texts import TeachTexts
from bot.features.teach.things import LabelledRows, Thing, labelled_rows, things_of
from bot.groups.group import Groups, Place
from bot.i18n import UserFacingError
from bot.inference.features import FeatureNetwork


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A place: all that was taught there, by the network that compares it, and what must not be said."""

    network: FeatureNetwork
    pictures: Sequence[TaughtPicture]
    refused: frozenset[str]

    @property
    def things(self) -> list[Thing]:
        """Every thing, the first taught first."""
        return things_of(self.pictures, self.network)

    @property
    def known(self) -> LabelledRows:
        """What can be compared, and may be said."""
        return labelled_rows(self.pictures, self.network, self.refused)

    def enough(self) -> LabelledRows:
        """Return what is known, if that is something to tell apart.

        Raises:
            UserFacingError: nothing was taught, or one thing alone, or all of it for another network.
        """
        known = self.known
        if len(known.names) >= FEWEST_THINGS:
            return known
        if self.pictures and not any(thing.usable for thing in self.things):
            raise UserFacingError(TeachTexts, "teach_again")
        raise UserFacingError(TeachTexts, "one_more" if known.names else "nothing_taught")

    def hidden(self, things: Collection[Thing]) -> frozenset[str]:
        """Return the keys of those things whose names were refused since."""
        names = refused_among({thing.name for thing in things}, self.refused)
        return frozenset(thing.key for thing in things if thing.name in names)

    def taught_by(self, thing: Thing, user: int | None) -> int:
        """Return how many pictures of a thing a user taught; None: all."""
        return sum(picture.thing == thing.key and user in (None, picture.user_id) for picture in self.pictures)


class KnowledgeReader:
    """Reads what is known, place by place."""

    def __init__(self, groups: Groups, client: FeatureClient, pictures: TaughtPictureRepository) -> None:
        """Take the groups, the client, and where pictures are kept."""
        self._groups, self._client, self._pictures = groups, client, pictures

    async def at(self, place: Place) -> Knowledge:
        """Return a place.

        Raises:
            UserFacingError: no group answers there, or it sees no pictures.
            StoreBusy: the pictures cannot be read now.
        """
        network = (await self._groups.at(place)).models.features
        if network is None:
            raise UserFacingError(TeachTexts, "no_network")
        return Knowledge(network, await self._pictures.of(place.id), await self._client.refused_lines(place.id))
