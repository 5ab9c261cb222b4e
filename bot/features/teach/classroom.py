"""What is known at a place at this moment: the network of its group, the lessons, and the names that may be said.

Knows no Discord, but whom to ask for lines that were refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.features.feature import FeatureClient
from bot.features.teach.lessons import Lesson, LessonRepository
from bot.features.teach.names import is_refused
from bot.features.teach.texts import TeachTexts
from bot.features.teach.things import Known, Thing, known_of, things_of
from bot.groups.group import Groups, Place
from bot.i18n import UserFacingError
from bot.inference.features import FeatureNetwork


@dataclass(frozen=True, slots=True)
class Room:
    """A place: all that was taught there, by the network that compares it, and what must not be said."""

    network: FeatureNetwork
    lessons: Sequence[Lesson]
    refused: frozenset[str]

    @property
    def things(self) -> list[Thing]:
        """Every thing, the first taught first."""
        return things_of(self.lessons, self.network)

    @property
    def known(self) -> Known:
        """What can be compared, and may be said."""
        return known_of(self.lessons, self.network, self.refused)

    def is_hidden(self, thing: Thing) -> bool:
        """Return whether the name of a thing was refused since."""
        return is_refused(thing.name, self.refused)

    def taught_by(self, thing: Thing, user: int | None) -> int:
        """Return how many pictures of a thing a user taught; None: all."""
        return sum(lesson.thing == thing.key and user in (None, lesson.user_id) for lesson in self.lessons)


class Classroom:
    """All places."""

    def __init__(self, groups: Groups, client: FeatureClient, lessons: LessonRepository) -> None:
        """Take the groups, the client, and where lessons are kept."""
        self._groups, self._client, self._lessons = groups, client, lessons

    async def at(self, place: Place) -> Room:
        """Return a place.

        Raises:
            UserFacingError: no group answers there, or it sees no pictures.
            StoreBusy: the lessons cannot be read now.
        """
        network = (await self._groups.at(place)).models.features
        if network is None:
            raise UserFacingError(TeachTexts, "no_network")
        return Room(network, await self._lessons.of(place.id), await self._client.refused_lines(place.id))
