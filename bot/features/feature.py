"""The interface of a feature, and the services that one gets. Knows no feature."""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from pathlib import Path
from typing import ClassVar, Protocol, TypeVar
from zoneinfo import ZoneInfo

import discord
from discord.ext import commands

from bot.clock import Clock, QuietHours, SystemClock
from bot.features.buttons import StatefulItem
from bot.groups.access import Access
from bot.groups.group import Group, Groups, Place
from bot.i18n import texts_for
from bot.i18n.translator import CommandTexts
from bot.inference.worker import Workers
from bot.photo_intake.intake import PhotoIntake
from bot.store.store import Store

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Services:
    """What the features share: the groups, the workers of their models, the store, the clock, what the owner has set.

    Without a store nothing is kept. ``unasked`` are the hours in which nothing is said that nobody asked for; None
    where the owner lets nothing of that kind be said at all. ``privacy_url`` is where the owner says more of privacy;
    ``access`` tells who is served. ``photos`` is the way in for every photo of a member, whatever is done with it.
    """

    groups: Groups
    workers: Workers
    store: Store | None = None
    clock: Clock = field(default_factory=SystemClock)
    withdrawals: Path | None = None
    unasked: QuietHours | None = None
    privacy_url: str | None = None
    access: Access = field(default_factory=Access)
    zone: tzinfo = field(default_factory=lambda: ZoneInfo("Asia/Seoul"))
    photos: PhotoIntake = field(init=False)

    def __post_init__(self) -> None:
        """Make the one way in for photos: who is let in is counted over all features."""
        object.__setattr__(self, "photos", PhotoIntake(self.workers.pictures))

    async def group_at(self, place: Place) -> Group:
        """Return the group that answers a call there, which no command and no press has checked.

        Raises:
            UserFacingError: it is not served there, or there is none.
            Busy, Slow: its models cannot be loaded in time.
        """
        await self.access.check(place)
        return await self.groups.at(place)


class FeatureTexts(CommandTexts, Protocol):
    """The texts that every feature has, whatever else it says."""

    @property
    def what_is_kept(self) -> str:
        """What it keeps of a member and how to delete it, in a sentence or two; or that it is nothing."""


class FeatureClient(commands.AutoShardedBot):
    """The client as features see it: discord.py's, with the list of them all."""

    services: Services
    features: Sequence["Feature"] = ()

    def is_ours(self, server: int) -> bool:
        """Say whether what is due on a server is this process's to do: another one may have the other shards."""
        ours = self._connection.shard_ids
        return self.shard_count is not None and (server >> 22) % self.shard_count in ours

    async def refused_lines(self, place: int) -> frozenset[str]:
        """Return the lines that the model must not say again at a place, a server or a user's private messages.

        Raises:
            StoreBusy: they cannot be read now, so that nothing may be said.
        """
        lines = [await feature.refused_lines(place) for feature in self.features]
        return frozenset[str]().union(*lines)

    async def smiling_photo(self, place: Place, photo: discord.Attachment) -> bytes | None:
        """Return a photo of the place's person alone, small and smiling, as a JPEG; None where nothing here does that.

        Raises:
            UserFacingError: it cannot be read, nobody is in it, or more than one.
            Busy, Slow: too many are asking at once, or this takes too long.
        """
        return await self._first(lambda feature: feature.smiling_photo(place, photo))

    async def song(self, place: Place, words: str, seed: int) -> str | None:
        """Return a short song as markdown, whose refrain begins with ``words``; None where nothing here writes any.

        Raises:
            UserFacingError: no group answers there.
            Busy, Slow: too many are asking at once, or this takes too long.
        """
        return await self._first(lambda feature: feature.song(place, words, seed))

    async def styled_photo(self, place: Place, photo: discord.Attachment, style: str, locale: str) -> bytes | None:
        """Return a photo of the place's person alone, small and painted in a style by its name, as a JPEG, or None.

        Raises:
            UserFacingError: it cannot be read, nobody is in it, or more than one; or there is no such style.
            Busy, Slow: too many are asking at once, or this takes too long.
        """
        return await self._first(lambda feature: feature.styled_photo(place, photo, style, locale))

    async def _first(self, asked: Callable[["Feature"], Awaitable[T | None]]) -> T | None:
        """Return what the first feature that has it makes."""
        for feature in self.features:
            if (made := await asked(feature)) is not None:
                return made
        return None


class Feature(ABC):
    """What the client asks of each feature. It is made before the login, and once."""

    texts: ClassVar[type[FeatureTexts]]
    """Its sentences and the names of its commands; each language is a module beside them."""
    buttons: ClassVar[tuple[type[StatefulItem], ...]] = ()
    """Buttons and menus that outlive the process."""
    needs_store: ClassVar[bool] = False
    """Whether there is nothing that it could do without a database; then it is not made where there is none."""
    model: ClassVar[str | None] = None
    """What of a group's :class:`~bot.inference.models.LoadedModels` it needs, by the field; None where all have it."""

    def __init__(self, client: FeatureClient, services: Services) -> None:
        """Take the client, not logged in yet, and the services."""
        self.client = client
        self.services = services

    @property
    def store(self) -> Store:
        """The database.

        Raises:
            LookupError: there is none.
        """
        if self.services.store is None:
            raise LookupError
        return self.services.store

    @abstractmethod
    def cogs(self) -> Sequence[commands.Cog]:
        """Return its commands; asked only where :attr:`is_possible`."""

    @property
    def is_possible(self) -> bool:
        """Whether some group may have the model it needs: of many, each has its own bundle, with it or without.

        Asked at the start, and again after a reload for what was not there before.
        """
        only = self.services.groups.only
        return only is None or self._is_there(only)

    def _is_there(self, group: Group | None) -> bool:
        return self.model is None or (group is not None and getattr(group.models, self.model) is not None)

    async def start(self) -> None:  # noqa: B027 - most features do nothing unasked
        """Begin what it does unasked; called each time that Discord is there, also after a lost connection."""

    async def close(self) -> None:  # noqa: B027 - as above
        """Bring what it is doing to an end, while Discord can still be reached."""

    async def refused_lines(self, place: int) -> frozenset[str]:
        """Return what the model must not say again at a place, by this feature; asked before each of its answers."""
        del place
        return frozenset()

    async def smiling_photo(self, place: Place, photo: discord.Attachment) -> bytes | None:
        """Return a photo smiling, for another feature; see :meth:`FeatureClient.smiling_photo`."""
        del place, photo
        return None

    async def song(self, place: Place, words: str, seed: int) -> str | None:
        """Return a song for another feature; see :meth:`FeatureClient.song`."""
        del place, words, seed
        return None

    async def styled_photo(self, place: Place, photo: discord.Attachment, style: str, locale: str) -> bytes | None:
        """Return a photo painted, for another feature; see :meth:`FeatureClient.styled_photo`."""
        del place, photo, style, locale
        return None

    def privacy_lines(self, locale: str, group: Group | None) -> Sequence[str]:
        """Return what members are to know of what it keeps and has learnt, a sentence or two a line.

        Nothing where their ``group``, None where none answers, has not the model it needs.
        """
        return [texts_for(self.texts, locale).what_is_kept] if self._is_there(group) else []

    @abstractmethod
    async def export_user(self, user_id: int) -> Mapping[str, object]:
        """Return all that is kept of a Discord user, on every server, as JSON has it; empty if nothing is."""

    @abstractmethod
    async def forget_user(self, user_id: int) -> None:
        """Delete all that :meth:`export_user` returns, but that somebody withdrew; to do it again does no harm."""

    async def servers(self) -> Collection[int]:
        """Return the servers that anything is kept about."""
        return ()

    async def forget_server(self, server: int) -> None:  # noqa: B027 - most features keep nothing about servers
        """Delete all that is kept about a server, which was left a month ago; to do it again does no harm."""


class KeepsNothing:
    """A feature that keeps nothing of anybody has nothing to export and to forget."""

    async def export_user(self, user_id: int) -> Mapping[str, object]:
        """Return nothing."""
        del user_id
        return {}

    async def forget_user(self, user_id: int) -> None:
        """Do nothing."""
