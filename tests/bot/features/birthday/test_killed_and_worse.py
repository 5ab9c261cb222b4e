"""The command itself in processes of its own, killed and worse: nothing missed, doubled, or recorded but not sent.

A failure shows its seed, and ``SEED=…`` in the environment repeats it. ``make soak-birthdays`` plays many more.
"""

import os
import random
from pathlib import Path

import pytest

from tests.bot.features.birthday.simulation import Plan, Simulation
from tests.conftest import new_database

SEED = int(os.environ.get("SEED") or random.SystemRandom().randrange(1_000_000))


@pytest.fixture
def on_postgresql(postgresql: str) -> str:
    """Return the URL of an empty database."""
    return new_database(postgresql)


async def _play(plan: Plan, folder: Path, bundle: Path, url: str | None = None) -> None:
    outcome = await Simulation(plan, folder, bundle, url).run()
    assert outcome.expected
    assert outcome.well, outcome


async def test_a_bot_that_is_killed_and_worse_congratulates_once(tmp_path: Path, bundle: Path) -> None:
    await _play(Plan(SEED, groups=6, days=90, blows=4), tmp_path, bundle)


async def test_four_bots_that_share_the_servers_congratulate_once(
    tmp_path: Path, bundle: Path, on_postgresql: str
) -> None:
    plan = Plan(SEED, groups=6, days=20, blows=3, processes=4, sharded=True)
    await _play(plan, tmp_path, bundle, on_postgresql)


async def test_two_bots_on_one_database_congratulate_once(tmp_path: Path, bundle: Path, database_url: str) -> None:
    await _play(Plan(SEED, groups=3, days=60, blows=1, processes=2), tmp_path, bundle, database_url)
