"""An odd event, a broken frame, a gateway that is away: the bot lives, and no word of them is written."""

import asyncio
import copy
import logging
import socket
import zlib
from asyncio.subprocess import Process
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from playground import NoAnswer, Playground
from tests.bot.processes import running, until
from tests.patience import PATIENCE

MARK = "비밀표식말"
_NOTHING = object()
_ODD = (_NOTHING, None, MARK, [MARK], {MARK: MARK}, -1, 10**30, True)


def _payload(playground: Playground) -> dict[str, Any]:
    """Return an interaction as it went out."""
    interactions = playground._interactions
    return copy.deepcopy(interactions._payload(list(interactions._by_id.values())[-1]))


def _changed(whole: dict[str, Any], key: str, value: object) -> dict[str, Any]:
    return {name: each for name, each in whole.items() if name != key} | ({} if value is _NOTHING else {key: value})


def _odd_events(playground: Playground) -> list[tuple[str, object]]:
    world = playground.world
    ask, guild = _payload(playground), world.guild["id"]
    channel = next(iter(world.channels.values()))
    parts = (
        "id",
        "application_id",
        "type",
        "token",
        "data",
        "channel",
        "channel_id",
        "guild_id",
        "member",
        "entitlements",
    )
    events: list[tuple[str, object]] = [
        ("INTERACTION_CREATE", _changed(ask, part, value)) for part in parts for value in _ODD
    ]
    events.append(("INTERACTION_CREATE", _changed(ask, "entitlements", [{"id": MARK}])))
    for name in ("INTERACTION_CREATE", "GUILD_CREATE", "GUILD_UPDATE", "GUILD_DELETE", "GUILD_ROLE_CREATE",
                 "CHANNEL_CREATE", "CHANNEL_UPDATE", "THREAD_CREATE", "ENTITLEMENT_CREATE", "USER_UPDATE",
                 "GUILD_MEMBERS_CHUNK", "GUILD_MEMBER_UPDATE", "RESUMED", "A_BRAND_NEW_EVENT"):  # fmt: skip
        events += [(name, value) for value in _ODD[1:]]
    events += [
        ("GUILD_CREATE", {"unavailable": False}),
        ("GUILD_ROLE_CREATE", {"guild_id": guild, "role": {"id": MARK}}),
        ("CHANNEL_UPDATE", channel | {"type": 999}),
        ("CHANNEL_CREATE", channel | {"id": "5", "permission_overwrites": [{"id": MARK}]}),
        ("ENTITLEMENT_CREATE", {"id": MARK}),
    ]
    return events


def _zlib(text: bytes) -> bytes:
    packer = zlib.compressobj()
    return packer.compress(text) + packer.flush(zlib.Z_SYNC_FLUSH)


BROKEN: dict[str, str | bytes] = {
    "no JSON": "{{{" + MARK,
    "half an event": '{"op":0,"t":"GUILD_CREATE","s":9,"d":{"name":"' + MARK,
    "null": "null",
    "a number": "5",
    "a list": f'["{MARK}"]',
    "an op that is a word": f'{{"op":"{MARK}"}}',
    "a name that is a list": f'{{"op":0,"t":["{MARK}"],"d":null,"s":3}}',
    "a sequence that is a word": f'{{"op":0,"t":"X","d":null,"s":"{MARK}"}}',
    "a greeting without an interval": '{"op":10,"d":null}',
    "a session without an id": f'{{"op":0,"t":"READY","s":1,"d":{{"user":"{MARK}"}}}}',
    "very deep": "[" * 200_000,
    "huge": '{"op":0,"d":"' + MARK * 1_000_000,
    "bad zlib": MARK.encode() + b"\x00\x00\xff\xff",
    "bad UTF-8": _zlib(b'{"op":0,"t":"X","d":"\xff\xfe"}'),
}


async def _stopped(process: Process) -> str:
    """Stop the bot and return all that it wrote since it was last asked."""
    process.terminate()
    out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 0
    return (out + err).decode()


async def _answers(playground: Playground) -> bool:
    """Say whether the bot answers, if need be after it has come back."""
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                return (await playground.command("/say 오늘 5")).content.startswith("오늘")
            except NoAnswer:
                await asyncio.sleep(0.1)


async def test_events_that_nobody_can_read_are_skipped_and_logged_by_their_type_alone(
    tmp_path: Path, bundle: Path
) -> None:
    async with Playground() as playground, running(playground, tmp_path, bundle, log_level="DEBUG") as process:
        await playground.wait_ready()
        assert await _answers(playground)
        for name, data in _odd_events(playground):
            playground.gateway.tell(name, data)
        assert await _answers(playground)
        assert (playground.gateway.identified, playground.gateway.resumed) == (1, 0)
        written = await _stopped(process)
    assert "An event of the type INTERACTION_CREATE could not be read and was skipped: builtins.KeyError" in written
    assert MARK not in written
    assert "Traceback" not in written


async def test_a_broken_frame_is_answered_by_coming_back_and_nothing_said_meanwhile_is_lost(
    tmp_path: Path, bundle: Path
) -> None:
    async with Playground(answer_within=20) as playground, running(playground, tmp_path, bundle) as process:
        await playground.wait_ready()
        assert await _answers(playground)
        playground.gateway.send_raw(BROKEN["no JSON"])
        assert await _answers(playground)
        assert (playground.gateway.identified, playground.gateway.resumed) == (1, 1)
        written = await _stopped(process)
    assert "A broken frame: connecting to Discord again" in written
    assert MARK not in written


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody wait before another try."""
    monkeypatch.setattr("bot.client.retry._LONGEST", 0.05)


async def _no_pause(*_: object, **__: object) -> None:
    """Stand in for discord.py's five seconds before it identifies anew."""


@pytest.mark.parametrize("what", BROKEN)
async def test_no_broken_frame_ends_it(
    stage: Any, at_once: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, what: str
) -> None:
    monkeypatch.setattr(stage.client, "before_identify_hook", _no_pause)
    for before in (1, 2):
        stage.playground.gateway.send_raw(BROKEN[what])
        await _holds(lambda before=before: _connections(stage.playground) > before)
        assert await _answers(stage.playground)
    assert MARK not in caplog.text


@pytest.mark.parametrize("resumable", [False, True])
async def test_a_session_that_discord_ends_is_begun_anew_or_resumed(
    stage: Any, monkeypatch: pytest.MonkeyPatch, resumable: bool
) -> None:
    monkeypatch.setattr(stage.client, "before_identify_hook", _no_pause)
    stage.playground.gateway.invalidate(resumable=resumable)
    await _holds(lambda: _connections(stage.playground) > 1)
    assert await _answers(stage.playground)
    assert (stage.playground.gateway.identified, stage.playground.gateway.resumed) == ((1, 1) if resumable else (2, 0))


async def test_while_no_name_can_be_looked_up_it_tries_on_and_is_back_when_one_can(
    stage: Any, at_once: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(stage.client, "before_identify_hook", _no_pause)
    asked = 0

    async def unknown(*_: object, **__: object) -> None:
        nonlocal asked
        asked += 1
        # As aiohttp tells of it; a connection that is open already would be used again.
        raise aiohttp.ClientOSError(socket.EAI_AGAIN, "Temporary failure in name resolution")

    with monkeypatch.context() as patch:
        patch.setattr(aiohttp.TCPConnector, "connect", unknown)
        stage.playground.gateway.drop_sockets()
        await _holds(lambda: asked >= 3)
        with pytest.raises(NoAnswer):
            await asyncio.wait_for(stage.playground.command("/say 오늘 5"), PATIENCE)
    assert await _answers(stage.playground)
    assert stage.playground.gateway.identified == 2
    assert {record.name for record in caplog.records if record.levelno >= logging.ERROR} == {"discord.shard"}


async def test_an_op_of_the_future_is_passed_over(stage: Any) -> None:
    stage.playground.gateway.send_raw('{"op":99,"d":null,"s":null,"t":null}')
    stage.playground.gateway.send_raw('{"op":0,"d":{}}')
    assert await _answers(stage.playground)
    assert (stage.playground.gateway.identified, stage.playground.gateway.resumed) == (1, 0)


async def test_a_burst_of_events_lets_everything_else_have_its_turn_between_two_of_them(stage: Any) -> None:
    turn, seen = 0, list[int]()

    def is_last(event: str) -> bool:
        seen.append(turn)
        return event == "THE_LAST"

    last = asyncio.ensure_future(stage.client.wait_for("socket_event_type", check=is_last, timeout=PATIENCE))
    await asyncio.sleep(0)
    for _ in range(500):
        stage.playground.gateway.tell("A_BRAND_NEW_EVENT", {})
    stage.playground.gateway.tell("THE_LAST", {})
    while not last.done():
        turn += 1
        await asyncio.sleep(0)
    assert len(seen) == 501
    assert max(Counter(seen).values()) == 1


async def test_a_gateway_that_is_away_at_first_is_waited_for(tmp_path: Path, bundle: Path) -> None:
    async with Playground() as playground:
        playground.gateway.shut = True
        async with running(playground, tmp_path, bundle) as process:
            assert process.stderr
            await until(process.stderr, b"Discord's gateway cannot be reached: next try in")
            playground.gateway.shut = False
            await playground.wait_ready()
            assert await _answers(playground)
            assert "Traceback" not in await _stopped(process)


Fault = Callable[[Playground], object]
_AT_START: dict[str, Fault] = {
    "503 at login": lambda playground: playground.faults.error("/users/@me", status=503, times=2),
    "a lost login": lambda playground: playground.faults.lose("/users/@me", times=2),
    "an unknown 429 at login": lambda playground: playground.faults.error("/users/@me", status=429, times=2),
    "503 at the application": lambda playground: playground.faults.error("/oauth2/*", status=503, times=2),
    "503 while telling the commands": lambda playground: playground.faults.error("/applications/*", status=503),
    "telling the commands is lost": lambda playground: playground.faults.lose("/applications/*", times=2),
}


@pytest.mark.parametrize("fault", _AT_START)
async def test_a_hiccup_at_start_does_not_end_it(
    bundle: Path, play: Callable[..., Any], at_once: None, fault: str
) -> None:
    async with Playground() as playground:
        _AT_START[fault](playground)
        async with play(playground, bundle):
            assert await _answers(playground)


async def test_it_serves_with_the_commands_of_last_time_until_discord_takes_the_new_ones(
    bundle: Path, play: Callable[..., Any], at_once: None
) -> None:
    async with Playground() as playground:
        async with play(playground, bundle):
            pass
        fault = playground.faults.error("/applications/*", method="PUT", status=503, times=10_000)
        async with play(playground, bundle):
            assert await _answers(playground)
            assert _told(playground) == 1
            fault.times = 0
            await _holds(lambda: _told(playground) > 1)


def _connections(playground: Playground) -> int:
    return playground.gateway.identified + playground.gateway.resumed


async def _holds(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.01)


def _told(playground: Playground) -> int:
    return sum(one.method == "PUT" and one.status == 200 for one in playground.requests)


async def test_commands_that_discord_refuses_do_not_end_it(bundle: Path, play: Callable[..., Any]) -> None:
    async with Playground() as playground:
        async with play(playground, bundle):
            pass
        playground.faults.error("/applications/*", method="PUT", status=400, times=10)
        async with play(playground, bundle):
            assert await _answers(playground)


@pytest.mark.parametrize(
    ("faulty", "sentence"),
    [
        (lambda playground: setattr(playground.gateway, "refusal", 4014), "Message Content Intent"),
        (lambda playground: playground.faults.error("/users/@me", status=401), "Discord does not know this token"),
        (lambda playground: playground.faults.error("/users/@me", status=403), "Discord answered with error 403"),
    ],
)
async def test_what_the_owner_has_to_mend_ends_it_with_one_sentence(
    tmp_path: Path, bundle: Path, faulty: Fault, sentence: str
) -> None:
    async with Playground() as playground:
        faulty(playground)
        async with running(playground, tmp_path, bundle, log_level="ERROR") as process:
            _, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 1
    assert len(err.decode().splitlines()) == 1
    assert sentence in err.decode()


@pytest.mark.parametrize("shut", ["login", "gateway"])
async def test_it_can_be_stopped_while_it_tries_again(tmp_path: Path, bundle: Path, shut: str) -> None:
    async with Playground() as playground:
        playground.gateway.shut = shut == "gateway"
        if shut == "login":
            playground.faults.error("/users/@me", status=503, times=10_000)
        async with running(playground, tmp_path, bundle) as process:
            assert process.stderr
            for _ in range(2):
                await until(process.stderr, b"next try in")
            assert "Traceback" not in await _stopped(process)
