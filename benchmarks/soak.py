"""``python -m benchmarks.soak``: members who ask at fixed times for minutes, and then all at once; exit code 1 if lost.

The members and the local Discord are in this process, the bot in another. What comes at fixed times comes whether or
not earlier answers are there. Nothing may be lost: each is answered, or told that many are asking. ``work`` is the
time for which the loop let nobody else in, by the clock of its own core: on a machine with others beside it, it says
more than the stall, in which their turns are.
"""

import argparse
import asyncio
import io
import random
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.figure import Figure, at_most
from benchmarks.results import described, machine, row_of
from benchmarks.watched import Sample, WatchedBot, watched
from bot.default_bundle import DEMO_BUNDLE
from bot.i18n.ko import TEXTS
from playground import Answer, Playground, PlaygroundError
from playground.world import seed
from training.faces.drawing import Identity, portrait

WORDS = ("윤혜", "밥", "아니", "오늘", "생일", "ㅋㅋㅋ", "시험", "술")
SENTENCES = ("오늘 뭐 먹지", "내일 시험이래", "영화 볼 사람", "지금 어디야")
MEMBERS = 600
WITHIN = 3.0
"""Seconds after which Discord takes no first answer any more."""
_FAILED = TEXTS.failed.partition("{")[0]


@dataclass(slots=True)
class Load:
    """What became of requests, by kind, and the seconds until Discord had a first answer."""

    outcomes: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    def percentile(self, share: float) -> float:
        """Return the seconds within which that share of those who got an answer had it; 0 where nobody did."""
        return sorted(self.seconds)[int(share * (len(self.seconds) - 1))] if self.seconds else 0.0

    def note(self) -> str:
        """Return what became of them in words."""
        return ", ".join(f"{count:,} {outcome}" for outcome, count in self.outcomes.most_common())

    @classmethod
    def of_all(cls, loads: Iterable["Load"]) -> "Load":
        """Return several kinds of requests as one."""
        total = cls()
        for load in loads:
            total.outcomes += load.outcomes
            total.seconds += load.seconds
        return total


class Members:
    """Many members of the local Discord, each of whom asks for one thing at a time."""

    def __init__(self, playground: Playground, dice: random.Random) -> None:
        """Let them join, and put in the photos that they have."""
        self.playground = playground
        self._dice = dice
        for number in range(MEMBERS):
            user = seed.user(playground.world.ids, f"회원{number}", f"member{number}", 0x5865F2)
            playground.world.members[user["id"]] = seed.member(user)
        self._people = [user["id"] for user in playground.world.users() if not user["bot"]]
        self._small, self._large = (playground.upload("p.jpg", _photo(width)) for width in (800, 4000))
        self._turn = 0

    def person(self) -> str:
        """Return whose turn it is."""
        self._turn += 1
        return str(self._people[self._turn % len(self._people)])

    async def say(self, load: Load) -> None:
        await self._command(load, f"/say {self._dice.choice(WORDS)} {self._dice.randrange(3, 20)}")

    async def reply(self, load: Load) -> None:
        await self._command(load, "/reply", sentence=self._dice.choice(SENTENCES))

    async def fill(self, load: Load) -> None:
        await self._command(load, "/fill", line="오늘 ___ 먹자")

    async def draw(self, load: Load) -> None:
        await self._command(load, self._dice.choice(("/face smile", "/face new")))

    async def change(self, load: Load) -> None:
        await self._command(load, "/face smile", photo=self._small)

    async def change_large(self, load: Load) -> None:
        await self._command(load, "/face smile", photo=self._large)

    async def mix_large(self, load: Load) -> None:
        await self._command(load, "/face mix", **{"photo": self._large, "other-photo": self._large})

    async def paint_large(self, load: Load) -> None:
        await self._command(load, "/style", photo=self._large, style="1")

    async def dream_large(self, load: Load) -> None:
        await self._command(load, "/dream", photo=self._large)

    async def press(self, load: Load) -> None:
        person = self.person()
        answer = await self._asked(load, self.playground.command(f"/say {self._dice.choice(WORDS)}", member=person))
        if answer is not None and answer.components:
            await self._asked(load, self.playground.press(answer, "🔁", member=person))

    async def remember(self, load: Load) -> None:
        day = f"{self._dice.randrange(1, 13)}/{self._dice.randrange(1, 29)}"
        await self._command(load, "/birthday set", date=day)

    async def look(self, load: Load) -> None:
        asked = ("/birthday list", "/birthday show", "/about", "/privacy show", "/privacy export")
        await self._command(load, self._dice.choice(asked))

    async def type(self, load: Load) -> None:
        begun = time.perf_counter()
        try:
            await self.playground.autocomplete("/face change", "attribute", "", member=self.person())
        except PlaygroundError:
            load.outcomes["lost"] += 1
        else:
            load.outcomes["answered"] += 1
            load.seconds.append(time.perf_counter() - begun)

    async def _command(self, load: Load, text: str, **options: object) -> None:
        given = options or None
        await self._asked(load, self.playground.command(text, member=self.person(), options=given))

    @staticmethod
    async def _asked(load: Load, asking: Awaitable[Answer]) -> Answer | None:
        try:
            answer = await asking
        except PlaygroundError:
            load.outcomes["lost"] += 1
            return None
        load.outcomes[_outcome(answer)] += 1
        load.seconds.append(answer.latency)
        return answer


_MIX: tuple[tuple[int, Callable[[Members, Load], Awaitable[None]]], ...] = (
    (30, Members.say),
    (10, Members.reply),
    (10, Members.fill),
    (10, Members.press),
    (10, Members.type),
    (10, Members.draw),
    (10, Members.remember),
    (8, Members.look),
    (2, Members.change),
)
"""Of a hundred requests how many are of which kind."""

_BURSTS: tuple[tuple[str, int, Callable[[Members, Load], Awaitable[None]]], ...] = (
    ("/say", 500, Members.say),
    ("/face smile, /face new", 500, Members.draw),
    ("suggestions while typing", 2000, Members.type),
    ("/face smile with a photo of 12 megapixels", 100, Members.change_large),
    ("/face mix with two photos of 12 megapixels", 100, Members.mix_large),
    ("/style with a photo of 12 megapixels", 100, Members.paint_large),
    ("/dream with a photo of 12 megapixels", 100, Members.dream_large),
)


def main() -> int:
    """Load the bot, print the figures, and return 1 where one misses what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--rate", type=float, default=20.0, help="requests a second")
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    print(described(machine()))
    figures = asyncio.run(_measured(asked.minutes * 60, asked.rate, random.Random(asked.seed)))
    for figure in figures:
        print(row_of(figure))
    return int(any(figure.verdict() == "no" for figure in figures))


async def _measured(seconds: float, rate: float, dice: random.Random) -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="dantok-soak-") as folder:
        # Nobody is cut off, so that it is seen by how much they would have been too late.
        async with Playground(answer_within=60, finish_within=120) as playground:
            members = Members(playground, dice)
            async with watched(playground, Path(folder), DEMO_BUNDLE) as bot:
                for _, ask in _MIX:
                    await ask(members, Load())
                await bot.look()
                figures = [*await _soaked(bot, members, seconds, rate, dice)]
                for name, count, ask in _BURSTS:
                    figures += await _burst(bot, members, name, count, ask)
                return figures


async def _soaked(
    bot: WatchedBot, members: Members, seconds: float, rate: float, dice: random.Random
) -> Iterator[Figure]:
    """Ask ``rate`` times a second, and look at the process after the first minute, or a fifth, and at the end."""
    loads, begin = {ask: Load() for _, ask in _MIX}, time.perf_counter()
    kinds = dice.choices([ask for _, ask in _MIX], [weight for weight, _ in _MIX], k=int(rate * seconds))
    asking = [
        asyncio.create_task(_at(begin + index / rate, ask, members, loads[ask])) for index, ask in enumerate(kinds)
    ]
    await asyncio.sleep(min(60.0, seconds / 5))
    early = await bot.look()
    await asyncio.gather(*asking)
    await asyncio.sleep(1)
    late = await bot.look()
    slow = ", ".join(f"{ask.__name__} {1e3 * load.percentile(0.99):.0f}" for ask, load in loads.items())
    name = f"{rate:g} requests a second for {seconds / 60:g} minutes"
    return _figures_of_soak(name, Load.of_all(loads.values()), slow, early, late)


async def _at(moment: float, ask: Callable[[Members, Load], Awaitable[None]], members: Members, load: Load) -> None:
    await asyncio.sleep(moment - time.perf_counter())
    await ask(members, load)


def _figures_of_soak(name: str, load: Load, slow: str, early: Sample, late: Sample) -> Iterator[Figure]:
    yield Figure(f"{name}: lost or failed", _bad(load), "", "0", at_most(0), load.note())
    yield Figure(f"{name}: p99 of the first answer", 1e3 * load.percentile(0.99), "ms", "< 250", at_most(250), slow)
    grown = 100 * (late.rss / early.rss - 1)
    note = f"{early.rss / 1e6:.0f} → {late.rss / 1e6:.0f} MB, at most {late.peak / 1e6:.0f}"
    yield Figure("… memory since the first minute", grown, "%", "≤ 5", at_most(5), note)
    yield Figure("… file descriptors since then", late.descriptors - early.descriptors, "", "≤ 16", at_most(16))
    yield Figure("… tasks since then", late.tasks - early.tasks, "", "≤ 16", at_most(16))
    yield from _stalls(late)


async def _burst(
    bot: WatchedBot, members: Members, name: str, count: int, ask: Callable[[Members, Load], Awaitable[None]]
) -> list[Figure]:
    """Ask so often at once; beside photos, somebody asks for words."""
    bot.forget_peak()
    load, words = Load(), Load()
    asking = asyncio.gather(*(ask(members, load) for _ in range(count)))
    while not asking.done():
        await members.say(words)
        await asyncio.sleep(0.05)
    after = await bot.look()
    slowest = load.percentile(1)
    return [
        Figure(f"{count} × {name} at once: lost or failed", _bad(load), "", "0", at_most(0), load.note()),
        Figure("… the last first answer", slowest, "s", f"≤ {WITHIN:g}", at_most(WITHIN)),
        Figure("… `/say` beside it, p95", 1e3 * words.percentile(0.95), "ms", note=words.note()),
        Figure("… most memory", after.peak / 1e6, "MB", "< 400", at_most(400), f"after it {after.rss / 1e6:.0f}"),
        *_stalls(after),
    ]


def _stalls(sample: Sample) -> Sequence[Figure]:
    return [
        Figure("… longest stall of the loop", 1e3 * sample.stall, "ms", note="other processes' turns are in it"),
        Figure("… of that its own work", 1e3 * sample.work, "ms", "≤ 50", at_most(50)),
    ]


def _bad(load: Load) -> int:
    return load.outcomes["lost"] + load.outcomes["failed"]


def _outcome(answer: Answer) -> str:
    if answer.content.startswith(_FAILED):
        return "failed"
    return "busy" if answer.content in {TEXTS.busy, TEXTS.slow} else "answered"


def _photo(width: int) -> bytes:
    """Return a grainy JPEG, as a phone's, of an invented face."""
    grain = np.random.default_rng(7).integers(100, 142, (width * 3 // 4, width, 3), dtype=np.uint8)
    side = width * 3 // 10
    face = Image.fromarray(portrait(Identity.of(15), {"Black_Hair": True}, 300)).resize((side, side))
    picture = Image.fromarray(grain)
    picture.paste(face, (width * 3 // 8, width // 5))
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=95)
    return stream.getvalue()


if __name__ == "__main__":
    raise SystemExit(main())
