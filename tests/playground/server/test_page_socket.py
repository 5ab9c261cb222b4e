"""The page's protocol on a real socket, without a browser."""

import asyncio
import io
import json
import re
import subprocess
import sys
from contextlib import asynccontextmanager

import aiohttp
import pytest
from PIL import Image

from tests.patience import PATIENCE


@asynccontextmanager
async def visiting(playground, guild="", **headers):
    address = f"{playground.url}/page/socket?guild={guild}"
    async with aiohttp.ClientSession() as session, session.ws_connect(address, headers=headers) as socket:
        yield socket


async def news(socket, kind):
    """Return the next frame of that kind."""
    async with asyncio.timeout(PATIENCE):
        while True:
            frame = json.loads((await socket.receive()).data)
            if frame["type"] == kind:
                return frame


def asked(world, typed, **more):
    where = {"channel_id": world["guild"]["channels"][0]["id"], "locale": "ko", "nonce": "7"}
    return {"type": "command", "typed": typed, **where, **more}


def filled(command, texts, **values):
    return {"command": command, "texts": texts, "values": values}


async def test_the_world_comes_first(playground, guest):
    async with visiting(playground, Origin=playground.url) as socket:
        world = await news(socket, "world")
        assert world["me"]["global_name"] == "윤혜"
        assert len(world["members"]) == 10
        assert world["bot_online"]
        assert {command["name"] for command in world["commands"]} >= {"say", "box"}
        assert world["messages"][world["guild"]["channels"][0]["id"]]
        assert world["dm_channels"][0]["recipients"] == [world["bot"]]


async def test_a_command_and_a_press(playground, guest):
    async with visiting(playground) as socket:
        world = await news(socket, "world")
        await socket.send_json(asked(world, "/say 윤혜 n:2"))
        assert (await news(socket, "accepted"))["command"] == "say"
        message = (await news(socket, "message"))["message"]
        assert message["content"] == "윤혜 윤혜"
        assert message["nonce"] == "7"
        button = message["components"][0]["components"][0]
        press = {"channel_id": message["channel_id"], "message_id": message["id"], "locale": "ko", "nonce": "8"}
        await socket.send_json({"type": "press", "custom_id": button["custom_id"], "component_type": 2, **press})
        assert (await news(socket, "message_update"))["message"]["content"] == "3번"


async def test_what_is_typed_is_read_by_the_server_and_goes_only_when_it_is_right(playground, guest):
    async with visiting(playground) as socket:
        world = await news(socket, "world")
        await socket.send_json(asked(world, "/말해 생일 축하 n:많이", type="read"))
        reading = await news(socket, "reading")
        assert (reading["nonce"], reading["command"]) == ("7", "say")
        assert reading["texts"] == {"word": "생일 축하", "n": "많이"}
        assert {name: error["key"] for name, error in reading["errors"].items()} == {"n": "not_whole"}
        await socket.send_json(asked(world, "/say 생일 축하"))
        assert (await news(socket, "refused"))["errors"]["n"]["key"] == "missing"
        await socket.send_json(asked(world, "/box put 사과"))
        assert (await news(socket, "accepted"))["command"] == "box put"
        assert (await news(socket, "message"))["message"]["content"] == "넣음 사과"


async def test_a_form_is_read_like_a_line_and_what_was_chosen_from_a_list_goes_as_it_is(playground, guest):
    async with visiting(playground) as socket:
        world = await news(socket, "world")
        dabin = playground.world.person_called("다빈")["id"]
        texts = {"who": "다빈이라는 친구", "where": "#맛집", "ratio": ".5", "sure": "네", "colour": "빨강", "photo": ""}
        await socket.send_json(asked(world, filled("kinds", texts)))
        assert (await news(socket, "refused"))["errors"].keys() == {"who"}
        await socket.send_json(asked(world, filled("kinds", texts, who=dabin)))
        assert (await news(socket, "message"))["message"]["content"] == "다빈 맛집 0.5 True red 0"
        await socket.send_json(asked(world, filled("kinds", texts, who="1")))
        assert (await news(socket, "failed"))["text"]
        await socket.send_json(asked(world, filled("say", {"word": "n:3 n:4"}, n=2)))
        assert (await news(socket, "message"))["message"]["content"] == "n:3 n:4 n:3 n:4"


async def test_failures_are_told_in_the_language_of_the_person(playground, guest):
    async with visiting(playground) as socket:
        world = await news(socket, "world")
        await socket.send_json(asked(world, "/silent"))
        assert await news(socket, "failed") == {"type": "failed", "nonce": "7", "text": "봇이 제때 답하지 않았어요."}
        await socket.send_json(asked(world, "/nothing", locale="en-US"))
        assert "There is no command" in (await news(socket, "failed"))["text"]
        for nonsense in ("[]", "{}", "x", '{"type": "command"}', '{"type": "be", "user_id": 1}'):
            await socket.send_str(nonsense)
            assert (await news(socket, "failed"))["text"]


HALF = "\\ud83d"
DEEP = "[" * 100_000
CHAT = '"channel_id": "ROOM", "locale": "ko", "nonce": "7"'


def saying(texts, values=""):
    """Return the frame of a command whose form holds these."""
    form = '{"command": "say", "texts": {' + texts + '}, "values": {' + values + "}}"
    return '{"type": "command", ' + CHAT + ', "typed": ' + form + "}"


HOSTILE = [
    "{{",
    "5",
    "{}",
    "null",
    DEEP,
    '{"a":' * 100_000,
    '{"type": "evil"}',
    '{"type": ["command"]}',
    '{"type": "be", "user_id": ["1"]}',
    '{"type": "turn", "nonce": NaN}',
    '{"type": "message", ' + CHAT + ', "content": "' + HALF + '"}',
    '{"type": "message", ' + CHAT + ', "content": ["a"]}',
    '{"type": "message", ' + CHAT + ', "content": ' + DEEP + "}",
    '{"type": "message", "channel_id": "ROOM", "locale": ["ko"], "content": "a"}',
    '{"type": "message", "channel_id": {}, "locale": "ko", "content": "a"}',
    saying('"word": "' + HALF + '"'),
    saying('"word": {"a": []}'),
    saying('"word": "a"', '"n": 1e999'),
    saying('"word": "a"', '"n": ' + "9" * 5000),
    saying('"word": "a"', '"n": [[]]'),
    saying('"nothing": "a"'),
    saying('"word": "a", "n": "1"', '"nothing": 1'),
    saying('"word": "a", "n": "1"').replace('"locale": "ko"', '"locale": "tlh"'),
    saying("").replace('"say"', '"' + "say " * 50 + '"'),
    '{"type": "command", ' + CHAT + ', "typed": "' + HALF + '"}',
    '{"type": "command", ' + CHAT + ', "typed": "/nothing"}',
    '{"type": "read", ' + CHAT + ', "typed": 5}',
    '{"type": "read", ' + CHAT + ', "typed": "/"}',
    '{"type": "autocomplete", ' + CHAT + ', "typed": "/say a", "focused": ["word"]}',
    '{"type": "press", ' + CHAT + ', "message_id": "1", "custom_id": "' + HALF + '"}',
    '{"type": "press", ' + CHAT + ', "message_id": "MESSAGE", "custom_id": {}, "values": [[]]}',
    '{"type": "use_on", ' + CHAT + ', "command_id": "1", "target_id": "MESSAGE"}',
    '{"type": "use_on", ' + CHAT + ', "command_id": "COMMAND", "target_id": "1"}',
    '{"type": "use_on", ' + CHAT + ', "command_id": "SLASH", "target_id": "MESSAGE"}',
    '{"type": "use_on", ' + CHAT + ', "command_id": ["COMMAND"], "target_id": "' + HALF + '"}',
    '{"type": "modal_submit", "nonce": "7", "interaction_id": "1", "components": ["a"]}',
]


@pytest.mark.parametrize("frame", HOSTILE, ids=lambda frame: frame[:60])
async def test_no_frame_of_a_page_harms_the_bot_or_another_page(playground, guest, frame):
    async with visiting(playground) as bad, visiting(playground) as good:
        world = await news(good, "world")
        room = world["guild"]["channels"][0]["id"]
        names = {"ROOM": room, "MESSAGE": world["messages"][room][-1]["id"]}
        names |= {{1: "SLASH", 3: "COMMAND"}.get(one["type"], ""): one["id"] for one in world["commands"]}
        await bad.send_str(re.sub("ROOM|MESSAGE|COMMAND|SLASH", lambda name: names[name[0]], frame))
        assert (await news(bad, "failed"))["text"]
        assert (await playground.command("/say 들려요 n:1")).content == "들려요"
        assert (await news(good, "message"))["message"]["content"] == "들려요"
        assert (await news(bad, "message"))["message"]["content"] == "들려요"
    async with visiting(playground) as later:
        await news(later, "world")
    assert (playground.gateway.identified, playground.gateway.resumed) == (1, 0)
    assert guest.errors == []


@pytest.mark.parametrize("said", ["a\ud83db", "a\0b", "\ufeff\u202e\u2028", "가" * 2000])
async def test_odd_text_from_python_or_the_bot_reaches_every_page_in_one_piece(playground, guest, said):
    async with visiting(playground) as page:
        await news(page, "world")
        whole = said.replace("\ud83d", "\ufffd")
        playground.say(said)
        assert (await news(page, "message"))["message"]["content"] == whole
        await playground.command("/repeat", options={"text": said, "quiet": True})
        assert (await news(page, "message"))["message"]["content"] == whole
    async with visiting(playground) as later:
        room = next(iter(playground.world.channels))
        assert (await news(later, "world"))["messages"][room][-1]["content"] == whole


async def test_a_form_sent_back_with_other_parts_is_put_into_its_own_shape(playground, guest):
    async with visiting(playground) as socket:
        world = await news(socket, "world")
        await socket.send_json(asked(world, "/form"))
        form = await news(socket, "modal")
        odd = [{"type": 99, "components": [{"type": [], "custom_id": "short", "value": "안녕", "more": {}}]}]
        sent = {"type": "modal_submit", "nonce": "9", "interaction_id": form["interaction_id"]}
        await socket.send_json(sent | {"components": [{"type": 4, "custom_id": "short", "value": ["안녕"]}]})
        assert (await news(socket, "failed"))["nonce"] == "9"
        await socket.send_json(sent | {"components": odd})
        assert (await news(socket, "message"))["message"]["content"] == "안녕: "
    assert guest.errors == []


async def test_a_form_and_completions(playground, guest):
    async with visiting(playground) as socket:
        world = await news(socket, "world")
        await socket.send_json(asked(world, "/form"))
        form = await news(socket, "modal")
        fields = [
            {"type": 1, "components": [{"type": 4, "custom_id": custom_id, "value": "안녕"}]}
            for custom_id in ("short", "long")
        ]
        sent = {"interaction_id": form["interaction_id"], "custom_id": form["modal"]["custom_id"], "components": fields}
        await socket.send_json({"type": "modal_submit", "nonce": "9", **sent})
        assert (await news(socket, "message"))["message"]["content"] == "안녕: 안녕"
        typing = asked(world, filled("fruit", {"name": "수"}), focused="name")
        await socket.send_json(typing | {"type": "autocomplete"})
        assert (await news(socket, "choices"))["choices"] == [{"name": "수박", "value": "수박"}]


async def test_what_is_secret_is_for_one_person(playground, guest):
    async with visiting(playground) as mine, visiting(playground) as theirs:
        world = await news(mine, "world")
        other = world["members"][2]["user"]
        await news(theirs, "world")
        await theirs.send_json({"type": "be", "user_id": other["id"]})
        assert (await news(theirs, "world"))["me"] == other
        await playground.command("/later true")
        playground.say("다 들리는 말")
        assert (await news(mine, "message"))["message"]["flags"] == 64 | 128
        assert (await news(theirs, "message"))["message"]["content"] == "다 들리는 말"


async def test_a_file_is_put_in_and_served_harmless(playground):
    async with aiohttp.ClientSession() as session:
        form = aiohttp.FormData(quote_fields=False)  # as browsers do
        form.add_field("file", b"<script>alert(1)</script>", filename="../나쁜 것.html")
        told = await (await session.post(f"{playground.url}/page/upload", data=form)).json()
        assert told["filename"] == "나쁜 것.html"
        assert told["size"] == 25
        served = await session.get(told["url"])
        assert await served.read() == b"<script>alert(1)</script>"
        assert served.headers["Content-Security-Policy"].startswith("sandbox")


def formed(name, data=b"hi"):
    """Return the body of a form with one file, whatever its name."""
    return (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="'
        + name
        + b'"\r\n\r\n'
        + data
        + b"\r\n--x--\r\n"
    )


@pytest.mark.parametrize("body", [b"", b"no form", b"--x\r\n", formed(b"a\0b.png"), formed(b"")])
async def test_what_is_no_form_is_refused(playground, body):
    async with aiohttp.ClientSession() as session:
        for kind in ("multipart/form-data; boundary=x", "multipart/form-data", "application/json"):
            answer = await session.post(f"{playground.url}/page/upload", data=body, headers={"Content-Type": kind})
            assert answer.status == 400


async def test_odd_names_and_broken_pictures_are_files_like_others(playground):
    data = io.BytesIO()
    Image.new("RGB", (30, 20)).save(data, "PNG")
    async with aiohttp.ClientSession() as session:
        for name, sent, size in (
            (b"a\xed\xa0\xbd.png", data.getvalue(), (30, 20)),
            (b"..", data.getvalue(), (30, 20)),
            (b"b.png", data.getvalue()[:20], None),
            (b"c.png", b"\x89PNG\r\n\x1a\n", None),
        ):
            headers = {"Content-Type": "multipart/form-data; boundary=x"}
            answer = await session.post(f"{playground.url}/page/upload", data=formed(name, sent), headers=headers)
            kept, whole = playground.world.attachments.get((await answer.json())["id"])
            assert (await (await session.get(kept["url"])).read()) == whole == sent
            assert (kept.get("width"), kept.get("height")) == (size or (None, None))


async def test_a_photo_that_lies_on_its_side_has_the_size_at_which_it_is_seen(playground):
    data, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (30, 20)).save(data, "JPEG", exif=exif)
    kept, _ = playground.world.attachments.get(playground.upload("a.jpg", data.getvalue()))
    assert (kept["width"], kept["height"]) == (20, 30)


@pytest.mark.parametrize("header", [{"Origin": "http://evil.example"}, {"Host": "evil.example"}, {"Origin": "null"}])
async def test_a_page_elsewhere_cannot_drive_it(playground, header):
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        async with visiting(playground, **header):
            pass
    assert refused.value.status == 403
    async with aiohttp.ClientSession() as session:
        answer = await session.post(f"{playground.url}/page/upload", data={"file": io.BytesIO(b"x")}, headers=header)
        assert answer.status == 403


async def test_the_page_itself(playground):
    async with aiohttp.ClientSession() as session:
        page = await session.get(playground.url)
        assert page.status == 200
        assert page.content_type == "text/html"
        assert (await session.get(f"{playground.url}/page/../../errors.py")).status == 404


async def test_it_runs_alone_for_a_bot_in_another_process():
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "playground", stdout=subprocess.PIPE)
    try:
        url, token = (await process.stdout.readline()).decode().split()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+", url)
        async with aiohttp.ClientSession(headers={"Authorization": f"Bot {token}"}) as session:
            assert (await (await session.get(f"{url}/api/v10/users/@me")).json())["bot"]
    finally:
        process.terminate()
        await process.wait()


async def test_a_page_shows_one_guild_and_both_stand_side_by_side(playground, guest):
    room = playground.world.add_guild("<옆방>", ["다빈", "현지"])
    first, second = playground.world.guild["id"], room["guild_id"]
    async with (
        visiting(playground, second, Origin=playground.url) as socket,
        aiohttp.ClientSession() as session,
        session.get(f"{playground.url}/beside") as page,
    ):
        world = await news(socket, "world")
        assert world["guild"]["channels"] == [room]
        assert [member["user"]["global_name"] for member in world["members"]] == ["다빈", "현지", None]
        assert world["me"]["global_name"] == "다빈"
        playground.say("여기는 옛 방", member="다빈")
        playground.say("여기는 옆방", member="현지", channel=room["id"])
        assert (await news(socket, "message"))["message"]["content"] == "여기는 옆방"
        shown = await page.text()
    assert re.findall(r"guild=(\d+)", shown) == [first, second]
    assert 'title="&lt;옆방&gt;"' in shown
