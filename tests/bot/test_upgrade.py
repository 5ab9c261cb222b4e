"""A bot that is brought up to date keeps what it had: its database, its settings, the buttons under its old messages.

``upgrade/`` holds what the commit 7bad370 wrote on the playground: its database as SQL, on both kinds, and as a backup,
and its messages with every kind of button that it put under one. There people and rooms had other ids than in the
playground of a test; they are put in by their names.
"""

import asyncio
import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from bot.default_bundle import DEMO_BUNDLE
from bot.settings import Settings, read
from bot.store.address import address
from bot.store.store import Store
from playground import Playground

WRITTEN = Path(__file__).parent / "upgrade"
MESSAGES = [json.loads(line) for line in (WRITTEN / "messages.jsonl").read_text(encoding="utf-8").splitlines()]
IDS: dict[str, str] = json.loads((WRITTEN / "ids.json").read_text(encoding="utf-8"))
SERVERS = ("두 번째 서버", "세 번째 서버")

# 20 November 2026 in Seoul, a little after ten: the old bot stopped while it was sending two wishes.
STOPPED = datetime(2026, 11, 20, 1, 5, tzinfo=UTC)
EVENING = datetime(2026, 11, 20, 15, 1, tzinfo=UTC)
MORNING = datetime(2026, 11, 21, 0, 0, tzinfo=UTC)

EDITS, NEW, PRIVATE, FORM = "edits its message", "a new message", "a new private message", "a form"
# What the old bot answered to a press of each kind of button.
ANSWERS = {
    r"say:.*": NEW,
    r"face:.*:(more|less|again|open)": EDITS,
    r"face:.*:show|face:show-files": NEW,
    r"birthday:(save|keep|page|remove|import|channeloff|roleoff|join)(:.*)?": EDITS,
    r"birthday:edit:.*": FORM,
    r"birthday:list:.*": PRIVATE,
}


class OldWorld:
    """A playground with everybody and everything that the old messages and the old database name."""

    def __init__(self, playground: Playground) -> None:
        self.playground, world = playground, playground.world
        for name in SERVERS:
            world.add_guild(name)
        now = {name: world.channel_called(name.removeprefix("channel "))["id"] for name in IDS if "channel" in name}
        now |= {f"guild {guild['name']}": guild["id"] for guild in world.guilds.values()}
        now |= {name: world.role_called(name.removeprefix("role "))["id"] for name in IDS if name.startswith("role")}
        now |= {f"person {one['user']['global_name']}": one["user"]["id"] for one in world.members.values()}
        now |= {"bot": world.bot["id"]}
        self._now = {was: now.get(name, was) for name, was in IDS.items()}
        for name in IDS.keys() - now.keys():
            self._join(name.removeprefix("person "), IDS[name])

    def _join(self, name: str, user_id: str) -> None:
        somebody = self.playground.world.members[self.playground.world.me["id"]]
        user = somebody["user"] | {"id": user_id, "username": f"user{user_id}", "global_name": name}
        self.playground.world.members[user_id] = somebody | {"user": user, "roles": []}

    def text(self, name: str) -> str:
        """Return what was written into the file, with the ids of now."""
        return self._with_ids(WRITTEN.joinpath(name).read_text(encoding="utf-8"))

    def post(self, under: str) -> dict[str, Any]:
        """Let the bot have sent a message of then, by its old id."""
        (line,) = [line["message"] for line in MESSAGES if line["under"] == under]
        message = json.loads(self._with_ids(json.dumps(line)))
        world = self.playground.world
        message["attachments"] = [self._file(**file) for file in message["attachments"]]
        if "interaction_metadata" in message:
            asked = world.members[message["interaction_metadata"]["user"]["id"]]["user"]
            more = {"id": message["id"], "type": 2, "user": asked, "authorizing_integration_owners": {}}
            message["interaction_metadata"] = more
        return world.messages.post(world.channel(message["channel_id"]), world.bot, message)

    def _file(self, filename: str, text: str | None = None) -> dict[str, Any]:
        data = WRITTEN.joinpath("before.png").read_bytes() if text is None else text.encode()
        kept = self.playground.world.attachments.get(self.playground.upload(filename, data))
        assert kept
        return kept[0]

    def _with_ids(self, text: str) -> str:
        return re.sub(r"\b\d{19}\b", lambda found: self._now.get(found[0], found[0]), text)

    @property
    def role(self) -> str:
        """The role of the day."""
        return str(self.playground.world.role_called("오늘의 주인공")["id"])

    def id_of(self, name: str) -> str:
        """Return a person's id."""
        return str(self.playground.world.person_called(name)["id"])

    def roles_of(self, name: str) -> list[str]:
        """Return the roles that a person has at this moment."""
        roles: list[str] = self.playground.world.members[self.id_of(name)]["roles"]
        return roles

    def wishes(self, channel: str) -> list[dict[str, Any]]:
        """Return the wishes that stand in a channel."""
        return [one for one in self.playground.messages(channel) if "birthday:join" in json.dumps(one["components"])]


async def _fill(url: str, world: OldWorld) -> None:
    """Put the old database where ``url`` says."""
    if url.startswith("sqlite"):
        file = Path(url.removeprefix("sqlite:///"))
        file.parent.mkdir(parents=True)
        sqlite3.connect(file).executescript(world.text("sqlite.sql")).connection.close()
        return
    connection = await asyncpg.connect(url)
    await connection.execute(world.text("postgresql.sql"))
    await connection.close()


@pytest.fixture
def upgraded(
    database_url: str, play: Callable[..., Any], turned: Callable[..., Any]
) -> Callable[[], AbstractAsyncContextManager[tuple[OldWorld, Any]]]:
    """Start today's bot in the old world, on the old database; see :class:`OldWorld`. The second value is the clock."""

    @asynccontextmanager
    async def start() -> AsyncIterator[tuple[OldWorld, Any]]:
        clock = turned()
        clock.turn(STOPPED)
        async with Playground(clock=clock, finish_within=20) as playground:
            world = OldWorld(playground)
            world.post("wish-sent")
            world.post("wish-claimed")
            await _fill(database_url, world)
            store = await Store.open(address(database_url, Path()))
            async with play(playground, DEMO_BUNDLE, store=store, clock=clock):
                yield world, clock
            assert playground.unknown_routes == []
            await store.close()

    return start


async def _until(holds: Callable[[], Any], seconds: float = 10) -> Any:
    for _ in range(int(seconds / 0.02)):
        if found := holds():
            return found
        await asyncio.sleep(0.02)
    raise AssertionError("it never came to be")


async def test_birthdays_and_settings_are_still_there(upgraded: Any) -> None:
    async with upgraded() as (world, _):
        listed = (await world.playground.command("/생일 목록")).content
        for name, day in (("다빈", "11월 21일"), ("현지", "11월 22일"), ("민서", "3월 1일"), ("이든", "11월 30일")):
            assert re.search(rf"{day}.*<@{world.id_of(name)}>", listed), name
        shown = [
            (await world.playground.command("/생일 보기", member=name)).content for name in ("다빈", "태오", "서진")
        ]
        assert "음력 10월 13일" in shown[0]
        assert "음력 윤4월 10일" in shown[1].replace("윤 4월", "윤4월")
        assert "1998년 7월 7일" in shown[2]
        other = (await world.playground.command("/birthday show", options={"who": world.id_of("서진")})).content
        assert "7월 7일" in other
        assert "1998" not in other
        settings = (await world.playground.command("/생일 점검")).content
        for part in (f"<@&{world.role}>", "서울 시간으로 09:00", "생일 13개, 문구 1개", "월요일마다", "세는 나이"):
            assert part in settings


async def test_what_was_due_is_sent_once(upgraded: Any) -> None:
    async with upgraded() as (world, clock):
        assert len(world.wishes(SERVERS[0])) == 1
        (late,) = await _until(lambda: world.wishes(SERVERS[1]))
        assert "하람아 생일 축하해" in late["content"]
        world.roles_of("정훈").append(world.role)
        clock.turn(EVENING)
        await _until(lambda: world.role not in world.roles_of("정훈"))
        clock.turn(MORNING)
        first, second = await _until(lambda: len(found := world.wishes("생일")) == 2 and found)
        assert "정훈" in first["content"]
        assert second["content"].startswith("다빈은 오늘 주인공!")
        await _until(lambda: world.role in world.roles_of("다빈"))
        await asyncio.sleep(0.5)
        assert [len(world.wishes(name)) for name in ("생일", *SERVERS)] == [2, 1, 1]


async def test_what_was_kept_then_is_given_to_members_and_forgotten(upgraded: Any) -> None:
    async with upgraded() as (world, _):

        async def kept() -> dict[str, Any]:
            (file,) = (await world.playground.command("/개인정보 내보내기", member="태오")).attachments
            return dict(json.loads(world.playground.world.attachments.get(file["id"])[1])["kept"])

        birthdays = (await kept())["birthdays"]
        assert {birthday["user_id"] for birthday in birthdays} == {world.id_of("태오")}
        assert "lunar-04-10-leap" in {birthday["rule"] for birthday in birthdays}
        asked = await world.playground.command("/개인정보 지우기", member="태오")
        await world.playground.press(asked, "모두 지우기", member="태오")
        assert set(await kept()) == {"withdrawals"}


async def test_who_is_forgotten_while_their_wish_is_on_its_way_is_told_what_is_left(upgraded: Any) -> None:
    async with upgraded() as (world, _):
        for name, told in (("서진", True), ("태오", False)):
            asked = await world.playground.command("/개인정보 지우기", member=name)
            answer = await world.playground.press(asked, "모두 지우기", member=name)
            assert ("조금 있다가 한 번 더 지워 주세요" in answer.content) == told, name


def _expected(custom_id: str) -> str:
    (answer,) = [answer for shape, answer in ANSWERS.items() if re.fullmatch(shape, custom_id)]
    return answer


def _kind(answer: Any, message: dict[str, Any]) -> str:
    if answer.modal is not None:
        return FORM
    if answer.message_id == message["id"]:
        return EDITS
    return PRIVATE if answer.ephemeral else NEW


def _presses() -> Iterator[tuple[str, int]]:
    """Yield every button that could be pressed: under which message, and which of those there."""
    for line in MESSAGES:
        buttons = line["message"]["components"][0]["components"]
        yield from ((line["under"], index) for index, button in enumerate(buttons) if not button["disabled"])


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_every_button_under_an_old_message_does_what_it_did(upgraded: Any) -> None:
    async with upgraded() as (world, _):
        for under, index in _presses():
            message = world.post(under)
            custom_id = message["components"][0]["components"][index]["custom_id"]
            presser = message.get("interaction_metadata", {"user": {"id": world.id_of("하람")}})["user"]["id"]
            answer = await world.playground.press(message, custom_id, member=presser)
            assert _kind(answer, message) == _expected(custom_id), (under, custom_id, answer.content)
            assert "너무 오래됐거나" not in answer.content
            if "face" in custom_id and not custom_id.endswith(":open"):
                assert answer.attachments, (under, custom_id)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_old_buttons_know_what_they_are_for(upgraded: Any) -> None:
    async with upgraded() as (world, _):
        press, command = world.playground.press, world.playground.command
        assert (await press(world.post("say"), "🔁")).content.startswith("윤혜")
        assert "+1.5" in (await press(world.post("face-drawn"), "😊")).content
        assert "+2" in (await press(world.post("face-photo"), "😊")).content
        drawn = world.post("face-drawn")
        more = drawn["components"][0]["components"][0]
        more["custom_id"] = more["custom_id"].replace(":vae:", ":wgan_gp:")  # where its smile was the best
        assert "WGAN-GP" in (await press(drawn, "😊")).content
        refused = await press(world.post("face-askers"), "😊", member="정훈")
        assert refused.ephemeral
        opened = await press(world.post("face-shown"), "🙌")
        assert "+1" in (await press(opened, "😐", member="정훈")).content
        joined = await press(world.post("wish-sent"), "🎂", member="하람")
        assert joined.components[0]["components"][0]["label"] == "같이 축하하기 · 2명"
        assert "2쪽" in (await press(world.post("list"), "▶️")).content
        await press(world.post("import"), "1명 저장")
        assert "8월 9일" in (await command("/생일 보기", member="가온")).content
        await press(world.post("remove"), "지우기", member="이든")
        assert "아직 생일을 몰라요" in (await command("/생일 보기", member="이든")).content
        form = await press(world.post("template-unsaved"), "다시 고치기")
        assert "{이름:야/아} 생일 축하 {멘션}" in json.dumps(form.modal, ensure_ascii=False)
        await press(world.post("template-unsaved"), "저장")
        await press(world.post("channel"), "끄기")
        assert (await command("/birthday channel", options={})).components == []


def test_an_old_env_file_means_what_it_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_bytes((WRITTEN / "env").read_bytes())
    monkeypatch.chdir(tmp_path)
    settings = read(Settings)
    assert (settings.bundle, settings.provider, settings.data) == (Path("our-bundle"), "cpu", Path("our-data"))
    assert settings.database().host == "127.0.0.1"
    assert (settings.temperature, settings.face_buttons, settings.queue_size) == (0.7, "asker", 12)
    assert (settings.guild, settings.log_level, settings.health_port) == (1572808635187200010, "WARNING", 8080)


async def test_an_old_backup_is_restored(
    tmp_path: Path, play: Callable[..., Any], turned: Callable[..., Any], bundle: Path
) -> None:
    clock = turned()
    async with Playground(clock=clock) as playground:
        world = OldWorld(playground)
        (tmp_path / "old.jsonl").write_text(world.text("backup.jsonl"), encoding="utf-8")
        restored = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "restore", str(tmp_path / "old.jsonl"), "--yes"),
            env={**os.environ, "DANTOK_DATA": str(tmp_path / "data")},
            stdout=subprocess.PIPE,
        )
        said, _ = await restored.communicate()
        assert restored.returncode == 0
        assert said.decode().startswith(f"30 rows are back, from {tmp_path / 'old.jsonl'}.")
        store = await Store.open(address(None, tmp_path / "data"))
        async with play(playground, bundle, store=store, clock=clock):
            assert "음력 10월 13일" in (await playground.command("/생일 보기", member="다빈")).content
        await store.close()
