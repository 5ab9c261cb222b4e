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


@asynccontextmanager
async def visiting(playground, **headers):
    address = f"{playground.url}/page/socket"
    async with aiohttp.ClientSession() as session, session.ws_connect(address, headers=headers) as socket:
        yield socket


async def news(socket, kind):
    """Return the next frame of that kind."""
    async with asyncio.timeout(5):
        while True:
            frame = json.loads((await socket.receive()).data)
            if frame["type"] == kind:
                return frame


def asked(playground, world, text, **more):
    command = next(one for one in world["commands"] if one["name"] == text)
    where = {"channel_id": world["guild"]["channels"][0]["id"], "locale": "ko", "nonce": "7"}
    return {"type": "command", "command_id": command["id"], "name": text, "options": [], **where, **more}


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
        options = [{"name": "word", "type": 3, "value": "윤혜"}, {"name": "n", "type": 4, "value": 2}]
        await socket.send_json(asked(playground, world, "say", options=options))
        message = (await news(socket, "message"))["message"]
        assert message["content"] == "윤혜 윤혜"
        assert message["nonce"] == "7"
        button = message["components"][0]["components"][0]
        press = {"channel_id": message["channel_id"], "message_id": message["id"], "locale": "ko", "nonce": "8"}
        await socket.send_json({"type": "press", "custom_id": button["custom_id"], "component_type": 2, **press})
        assert (await news(socket, "message_update"))["message"]["content"] == "3번"


async def test_failures_are_told_in_the_language_of_the_person(playground, guest):
    async with visiting(playground) as socket:
        world = await news(socket, "world")
        await socket.send_json(asked(playground, world, "silent"))
        assert await news(socket, "failed") == {"type": "failed", "nonce": "7", "text": "봇이 제때 답하지 않았어요."}
        await socket.send_json(asked(playground, world, "say", locale="en-US"))
        assert "is missing" in (await news(socket, "failed"))["text"]
        for nonsense in ("[]", "{}", "x", '{"type": "command"}', '{"type": "be", "user_id": 1}'):
            await socket.send_str(nonsense)
            assert (await news(socket, "failed"))["text"]


async def test_a_form_and_completions(playground, guest):
    async with visiting(playground) as socket:
        world = await news(socket, "world")
        await socket.send_json(asked(playground, world, "form"))
        form = await news(socket, "modal")
        fields = [
            {"type": 1, "components": [{"type": 4, "custom_id": custom_id, "value": "안녕"}]}
            for custom_id in ("short", "long")
        ]
        sent = {"interaction_id": form["interaction_id"], "custom_id": form["modal"]["custom_id"], "components": fields}
        await socket.send_json({"type": "modal_submit", "nonce": "9", **sent})
        assert (await news(socket, "message"))["message"]["content"] == "안녕: 안녕"
        typing = [{"name": "name", "type": 3, "value": "수", "focused": True}]
        await socket.send_json(asked(playground, world, "fruit", options=typing) | {"type": "autocomplete"})
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
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot.playground", stdout=subprocess.PIPE)
    try:
        url, token = (await process.stdout.readline()).decode().split()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+", url)
        async with aiohttp.ClientSession(headers={"Authorization": f"Bot {token}"}) as session:
            assert (await (await session.get(f"{url}/api/v10/users/@me")).json())["bot"]
    finally:
        process.terminate()
        await process.wait()
