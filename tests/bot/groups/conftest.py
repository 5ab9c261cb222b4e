"""Groups whose words have nothing in common: a word says whose it is."""

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.bundle import BEGIN, SPECIALS
from bot.client.client import Dantok
from bot.client.servers import is_member
from bot.client.serving import first_of, running
from bot.clock import SystemClock
from bot.features.access.choices import ChoiceRepository
from bot.features.feature import Services
from bot.groups.access import Access
from bot.groups.admissions import AdmissionRepository
from bot.groups.bundle_cache import BundleCache
from bot.groups.many import ManyGroups
from bot.groups.memberships import Memberships
from bot.store.address import FILE, address
from bot.store.store import Store
from playground import Playground
from playground.world.clock import AdjustableClock
from tests.bot.conftest import write_bundle_to
from tests.patience import patient_workers

WORDS = {
    "apple": ("사과", "능금", "과수원", "풋내", "빨강", "껍질", "씨앗", "단물"),
    "river": ("강물", "나루", "여울", "모래톱", "물안개", "돌다리", "갈대", "뱃사공"),
    "moon": ("달빛", "초승", "보름", "그믐", "월식", "달무리", "한가위", "토끼"),
}
"""By group: two that have a server, and the one that stands in."""
STAND_IN = "moon"


def write_group(folder: Path, name: str, *, seed: int = 1, **more: Any) -> Path:
    """Write a bundle that says the words of one group alone; each seed has another voice."""
    pieces = (*SPECIALS, *(BEGIN + word for word in WORDS[name]), "ㅋ", "!")
    return write_bundle_to(folder, pieces=pieces, seed=seed, **more)


def heard(text: str) -> set[str]:
    """Return the groups whose words are in a text."""
    return {name for name, words in WORDS.items() if any(word in text for word in words)}


@dataclass
class Clock:
    """Seconds that pass when they are told to."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True, slots=True)
class Hosted:
    """A bot with many groups, on a local Discord."""

    playground: Playground
    client: Dantok
    cache: BundleCache
    folder: Path
    clock: Clock
    store: Store

    def guild(self, name: str) -> int:
        """Return the id of the server that is called so."""
        return int(self.playground.world.channel_called(name)["guild_id"])


@dataclass(frozen=True, slots=True)
class Setting:
    """How the bot is hosted."""

    stands_in: bool = True
    allowed: frozenset[int] | None = None
    clock: AdjustableClock | None = None
    more: dict[str, Any] = field(default_factory=dict)
    """Of each group's bundle."""


Host = Callable[..., AbstractAsyncContextManager[Hosted]]


@pytest.fixture
def host(tmp_path: Path, tables: Path) -> Host:
    """Host two groups: 윤혜 and 정훈 are on the server 사과밭, 현지 and 민서 on 강가, and 다빈 on both.

    All are on the first server, which has no bundle. On 남의집, where 윤혜 and 태오 are, the bot is not.
    """
    (tmp_path / "data").mkdir(mode=0o700)
    shutil.copy(tables, tmp_path / "data" / FILE)

    @asynccontextmanager
    async def hosted(setting: Setting = Setting()) -> AsyncIterator[Hosted]:
        store, clock, workers = await Store.open(address(None, tmp_path / "data")), Clock(), patient_workers()
        async with Playground(finish_within=10, **({"clock": setting.clock} if setting.clock else {})) as playground:
            world, folder = playground.world, tmp_path / "bundles"
            for name, server, people in (("apple", "사과밭", "윤혜 정훈 다빈"), ("river", "강가", "현지 민서 다빈")):
                room = world.add_guild(server, people.split())
                write_group(folder / room["guild_id"], name, **setting.more)
            world.add_guild("남의집", ["윤혜", "태오"], with_bot=False)
            stand_in = write_group(tmp_path / "stand-in", STAND_IN)
            memberships = Memberships(lambda *asked: is_member(client, *asked), clock)
            cache = BundleCache(folder, stand_in, workers)
            groups = ManyGroups(cache, memberships, ChoiceRepository(store).of, stands_in=setting.stands_in)
            access = Access(setting.allowed, memberships, lambda: cache.known)
            services = Services(groups, workers, store, setting.clock or SystemClock(), access=access)
            client = Dantok(services, ready_timeout=0.01)
            access.admitted = await AdmissionRepository(store).servers()
            with playground.redirect():
                async with running(client, playground.TOKEN) as bot:
                    await first_of(bot, playground.wait_ready())
                    await client.wait_until_ready()
                    yield Hosted(playground, client, cache, folder, clock, store)
            assert playground.unknown_routes == []
        await store.close()

    return hosted
