"""What `check` vouches for was opened: a whole database of a schema that is known, in either kind, and unchanged."""

from pathlib import Path

import pytest
from sqlalchemy import text

from bot.store.address import address
from bot.store.errors import StoreError
from bot.store.inspection import inspect
from bot.store.migration import newest
from bot.store.store import Store


async def test_a_whole_database_has_the_newest_schema(database_url: str) -> None:
    url = address(database_url, Path())
    await (await Store.open(url)).close()
    assert inspect(url) == newest()


async def test_a_newer_schema_is_refused(database_url: str) -> None:
    url = address(database_url, Path())
    store = await Store.open(url)
    async with store.writing() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '0042'"))
    await store.close()
    with pytest.raises(StoreError, match="schema 42"):
        inspect(url)


@pytest.mark.parametrize("damage", ["cut", "a letter", "a folder"])
async def test_a_damaged_file_is_one_sentence(damage: str, tmp_path: Path) -> None:
    url, file = address(None, tmp_path), tmp_path / "dantok.sqlite3"
    await (await Store.open(url)).close()
    if damage == "cut":
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    elif damage == "a letter":
        file.write_text("no database\n" * 100)
    else:
        file.unlink()
        file.mkdir()
    with pytest.raises(StoreError, match=r"dantok\.sqlite3 cannot be used"):
        inspect(url)


def test_a_server_that_is_away_is_one_sentence_without_its_password() -> None:
    with pytest.raises(StoreError) as refused:
        inspect(address("postgresql://u:secret@127.0.0.1:1/x", Path()))
    assert "secret" not in str(refused.value)
