"""The interface of features: a new one is a folder and a line, and what one keeps of somebody is given and deleted."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from discord.ext import commands
from sqlalchemy import Boolean, Column, Integer, LargeBinary, Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.features.feature import KeepsNothing
from bot.features.registry import FEATURES, features_of
from bot.store.address import address
from bot.store.columns import METADATA, Day, Hour, Moment
from bot.store.store import Store
from playground import Playground
from tests.bot.features.echo.feature import EchoFeature

KEPT, OTHER = 4_000_000_000_000_000_001, 4_000_000_000_000_000_002
"""Two members."""
STEADY = {
    "birthday_occurrences": {"state": "sent"},
    "birthday_roles": {"step": "done"},
    "birthday_events": {"step": "gone"},
}
"""What a row of a table has where not everything goes: nothing is on its way."""
STAYS = "withdrawals"
"""That somebody withdrew is what is left of them."""
GONE = "departed_servers"
"""Since when a server is gone: who forgets servers keeps it, and no feature."""


async def test_a_new_feature_is_a_folder_and_a_line(
    bundle: Path, play: Callable[..., AbstractAsyncContextManager[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.client.client.FEATURES", (*FEATURES, EchoFeature))
    async with Playground() as playground, play(playground, bundle):
        answer = await playground.command("/메아리 야호")
        assert answer.content == "야호! 야호!"
        assert (await playground.press(answer, "🔁")).content == "야호"
        assert (await playground.command("/echo hey", locale="en-US")).content == "hey, hey…"
        assert (await playground.command("/메아리", options={"word": " "})).content == "할 말이 없어요."


@pytest.fixture
async def features(database_url: str, tmp_path: Path) -> Any:
    """Yield the features on an empty database, and the database."""
    store = await Store.open(address(database_url, tmp_path))
    all_features = features_of(store)
    yield all_features, store
    all_features[0].services.workers.close()
    await store.close()


async def test_what_is_kept_of_somebody_is_given_to_them_and_deleted(features: Any) -> None:
    all_features, store = features
    personal = [table for table in METADATA.sorted_tables if "user_id" in table.c]
    assert personal, "no feature keeps anything: this test shows nothing"
    await _fill(store, personal)
    exported: dict[str, Any] = {}
    for feature in all_features:
        theirs = await feature.export_user(KEPT)
        assert not exported.keys() & theirs.keys()
        exported |= theirs
    assert set(exported) == {table.name for table in personal}
    assert str(KEPT) in str(exported)
    assert str(OTHER) not in str(exported)
    for feature in all_features:
        for _ in range(2):
            await feature.forget_user(KEPT)
        assert set(await feature.export_user(KEPT)) <= {STAYS}
    async with store.reading() as connection:
        for table in METADATA.sorted_tables:
            assert (KEPT in await _values(connection, table)) == (table.name == STAYS), table.name
        for table in personal:
            assert OTHER in await _values(connection, table), table.name


async def test_what_is_kept_about_a_server_is_known_and_deleted(features: Any) -> None:
    all_features, store = features
    about = {table: {"guild_id", "place"} & set(table.c.keys()) for table in METADATA.sorted_tables}
    tables = [table for table, columns in about.items() if columns and table.name != GONE]
    async with store.writing() as connection:
        for table in tables:
            for server in (KEPT, OTHER):
                row = {column.name: _value(column, server) for column in table.c} | dict.fromkeys(about[table], server)
                row |= {name: server + 10 for name in ("user_id", "channel_id") if name in table.c}
                row |= {"nonce": str(server)} if "nonce" in table.c else {}
                await connection.execute(table.insert().values(row))
    assert {server for feature in all_features for server in await feature.servers()} == {KEPT, OTHER}
    for feature in all_features:
        for _ in range(2):
            await feature.forget_server(KEPT)
    assert {server for feature in all_features for server in await feature.servers()} == {OTHER}
    async with store.reading() as connection:
        for table in tables:
            values = await _values(connection, table)
            assert KEPT not in values, table.name
            assert OTHER in values, table.name


def test_whoever_names_a_table_says_what_is_kept() -> None:
    keeping = {feature.__module__.rpartition(".")[0] for feature in FEATURES if not issubclass(feature, KeepsNothing)}
    folder = Path(__file__).parents[3]
    with_tables = {
        ".".join(file.relative_to(folder).parts[:3])
        for file in (folder / "bot" / "features").rglob("*.py")
        if "METADATA" in file.read_text(encoding="utf-8")
    }
    assert with_tables == keeping


async def _fill(store: Store, personal: list[Table]) -> None:
    """Write a row for each of two members into every table that has members, and what these rows hang on."""
    async with store.writing() as connection:
        for table in METADATA.sorted_tables:
            users = (KEPT, OTHER) if table in personal else (None,)
            for user in users:
                row = {column.name: _value(column, user) for column in table.c} | STEADY.get(table.name, {})
                await connection.execute(table.insert().values(row | ({"user_id": user} if user else {})))


def _value(column: Column[Any], user: int | None) -> object:  # noqa: PLR0911 - one for each kind of column
    match column.type:
        case Day():
            return date(2027, 3, 5)
        case Hour():
            return time(9)
        case Moment():
            return datetime(2027, 3, 5, tzinfo=UTC)
        case Boolean():
            return False
        case Integer():
            return 7
        case LargeBinary():
            return b"x"
        case _:
            # Each has rows of their own also where the user is no part of the key.
            return "y" if user == OTHER and column.primary_key and not column.foreign_keys else "x"


async def _values(connection: AsyncConnection, table: Table) -> set[object]:
    return {value for row in await connection.execute(select(table)) for value in row}


def _named(cog: commands.Cog) -> Iterator[str]:
    """Yield every name and description of the commands of a cog that a member reads."""
    for command in cog.walk_app_commands():
        yield from (command.name, command.description)
        for option in getattr(command, "parameters", ()):
            yield from (str(option.display_name), str(option.description), *(choice.name for choice in option.choices))


async def test_a_feature_names_its_commands_in_its_own_texts(features: Any) -> None:
    from bot.i18n import INTERNATIONAL, LANGUAGES, texts_for

    for feature in features[0]:
        for language in set(LANGUAGES) - {INTERNATIONAL}:
            names: Mapping[str, str] = texts_for(feature.texts, language).commands
            for cog in feature.cogs():
                assert [
                    name for name in _named(cog) if name not in names and name != "…" and not name.isdecimal()
                ] == []
