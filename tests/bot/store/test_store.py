"""The database as its owner meets it: made, opened again, refused, brought up to date; on both kinds."""

import asyncio
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.features.birthday.storage import tables
from bot.features.registry import FEATURES
from bot.store.address import address
from bot.store.errors import StoreBusy, StoreError
from bot.store.migration import migrate, newest, schema_of
from bot.store.store import Store, connect

on_posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")


async def test_the_tables_in_the_code_are_those_that_the_migrations_make(database_url: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    assert FEATURES, "their import brings every table"

    store = await Store.open(address(database_url, Path()))
    async with store.writing() as connection:
        found = await connection.run_sync(
            lambda plain: compare_metadata(
                MigrationContext.configure(plain, opts={"compare_type": True}), tables.guild_settings.metadata
            )
        )
    await store.close()
    assert found == []


async def test_a_newer_schema_is_refused_with_both_numbers(database_url: str) -> None:
    url = address(database_url, Path())
    store = await Store.open(url)
    async with store.writing() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '0042'"))
    await store.close()
    with pytest.raises(StoreError, match=rf"schema 42 .* up to {newest()}") as refused:
        await Store.open(url)
    assert str(refused.value).count(". ") == 0


async def test_several_may_make_the_same_database_at_once(database_url: str) -> None:
    stores = await asyncio.gather(*(Store.open(address(database_url, Path())) for _ in range(8)))
    async with stores[0].reading() as connection:
        assert await connection.run_sync(schema_of) == newest()
    for store in stores:
        await store.close()


async def test_what_fails_in_between_leaves_nothing_half_saved(database_url: str) -> None:
    store = await Store.open(address(database_url, Path()))
    with pytest.raises(ZeroDivisionError):
        async with store.writing() as connection:
            await connection.execute(tables.horizon.insert().values(id=1, through=date(2027, 3, 5)))
            raise ZeroDivisionError
    async with store.reading() as connection:
        assert (await connection.execute(tables.horizon.select())).all() == []
    await store.close()


async def test_an_sqlite_file_waits_for_the_disk_at_every_commit(tmp_path: Path) -> None:
    store = await Store.open(address(None, tmp_path / "new" / "folder"))
    async with store.reading() as connection:
        found = {
            name: (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    await store.close()
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


async def test_an_interrupted_upgrade_leaves_the_old_schema(tmp_path: Path) -> None:
    url = address(None, tmp_path)
    engine = connect(url)
    with pytest.raises(ZeroDivisionError):
        async with engine.begin() as connection:
            await migrate(connection)
            raise ZeroDivisionError
    async with engine.connect() as connection:
        assert await connection.run_sync(schema_of) == 0
    await engine.dispose()
    await (await Store.open(url)).close()


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        ("postgresql://u:p@host/name", "postgresql+asyncpg"),
        ("postgres://u:p@host/name?sslmode=require", "postgresql+asyncpg"),
        ("sqlite:///file.sqlite3", "sqlite+aiosqlite"),
        (None, "sqlite+aiosqlite"),
    ],
)
def test_a_database_is_named_as_people_name_it(url: str | None, driver: str, tmp_path: Path) -> None:
    found = address(url, tmp_path)
    assert found.drivername == driver
    assert "sslmode" not in found.query


@pytest.mark.parametrize(
    "url", ["mysql://host/name", "what", "sqlite://", "sqlite:///:memory:", "postgresql://host:notaport/x"]
)
def test_a_url_that_cannot_be_is_refused_without_its_password(url: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="DANTOK_DATABASE_URL"):
        address(url, tmp_path)


@pytest.mark.parametrize("url", ["postgresql://u:secret@127.0.0.1:1/x", "sqlite:////proc/nowhere/x.sqlite3"])
async def test_a_database_that_cannot_be_reached_is_one_sentence_without_its_password(url: str) -> None:
    with pytest.raises(StoreError) as refused:
        await Store.open(address(url, Path()))
    assert "\n" not in str(refused.value)
    assert "secret" not in str(refused.value)


async def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "dantok.sqlite3").write_text("this is a letter, not a database\n" * 100)
    with pytest.raises(StoreError, match=r"dantok\.sqlite3.*not a database"):
        await Store.open(address(None, tmp_path))


def test_an_up_to_date_database_is_opened_without_alembic(tmp_path: Path) -> None:
    script = (
        "import asyncio, sys; from pathlib import Path; from bot.store.address import address;"
        "from bot.store.store import Store; import bot.features.birthday.storage.tables;"
        "s = asyncio.run(Store.open(address(None, Path(sys.argv[1])))); print('alembic' in sys.modules)"
    )
    ran = [
        subprocess.run([sys.executable, "-c", script, tmp_path], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]
    assert ran == ["True\n", "False\n"]


def rights_in(folder: Path) -> set[int]:
    return {file.stat().st_mode & 0o777 for file in folder.iterdir()}


@on_posix
async def test_nobody_else_may_read_what_is_kept(tmp_path: Path) -> None:
    store = await Store.open(address(None, tmp_path / "data"))
    async with store.writing() as connection:
        await connection.execute(tables.horizon.insert().values(id=1, through=date(2027, 3, 5)))
        assert {file.name for file in (tmp_path / "data").iterdir()} > {"dantok.sqlite3", "dantok.sqlite3-wal"}
        assert rights_in(tmp_path / "data") == {0o600}
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
    await store.close()


@on_posix
async def test_what_an_earlier_version_made_is_tightened(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    store = await Store.open(address(None, folder))
    for path in (*folder.iterdir(), folder):
        path.chmod(0o755 if path.is_dir() else 0o644)
    again = await Store.open(address(None, folder))
    assert rights_in(folder) == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700
    await again.close()
    await store.close()


@on_posix
@pytest.mark.parametrize("whose", ["named by a URL", "everybody's", "where we stand"])
async def test_a_folder_that_is_not_the_bots_alone_keeps_its_rights(
    whose: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    folder.chmod(0o1777 if whose == "everybody's" else 0o755)
    before = folder.stat().st_mode
    if whose == "where we stand":
        monkeypatch.chdir(folder)
    url = f"sqlite:///{folder}/x.sqlite3" if whose == "named by a URL" else None
    await (await Store.open(address(url, folder))).close()
    assert folder.stat().st_mode == before


@pytest.mark.parametrize(
    ("pragma", "reason"),
    [("max_page_count=1", "disk is full"), ("query_only=ON", "readonly")],
    ids=["full", "read-only"],
)
async def test_where_the_disk_takes_nothing_nothing_is_half_kept_and_the_owner_is_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, pragma: str, reason: str
) -> None:
    store = await Store.open(address(None, tmp_path))
    much = tables.horizon.insert().values(id=1, through=date(2027, 3, 5))
    with pytest.raises(StoreBusy):
        async with store.writing() as connection:
            await connection.execute(much)
            await connection.exec_driver_sql(f"PRAGMA {pragma}")
            await connection.exec_driver_sql("CREATE TABLE large (what)")
            await connection.exec_driver_sql("INSERT INTO large VALUES (zeroblob(1000000))")
    assert reason in caplog.text
    async with store.reading() as connection:
        await connection.exec_driver_sql("PRAGMA query_only=OFF")
        assert (await connection.execute(tables.horizon.select())).all() == []
    await store.close()
