"""The server of the owner's page: whom it lets in, what it takes, and that every open page is told the same."""

import asyncio
import json
import re
import tracemalloc
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from urllib.parse import quote, urlsplit

import aiohttp
import pytest
from aiohttp import web

from bot.errors import OwnerError
from owner.page.controller import ProjectController
from owner.page.server import HOST, PORT, OwnerPage
from owner.project import Project
from tests.patience import PATIENCE

WEB = Path(__file__).parents[3] / "owner" / "page" / "web"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "project")


@pytest.fixture
async def page(project: Project) -> AsyncIterator[OwnerPage]:
    controller = ProjectController(project)
    async with OwnerPage(controller, port=0) as running:
        yield running
    controller.close()


@pytest.fixture
async def browser(page: OwnerPage) -> AsyncIterator[aiohttp.ClientSession]:
    """Return what asks as the page itself does."""
    async with aiohttp.ClientSession(headers={"Origin": page.url[: page.url.index("/", 8)]}) as session:
        yield session


async def said(ws: aiohttp.ClientWebSocketResponse) -> dict:
    return json.loads(await asyncio.wait_for(ws.receive_str(), PATIENCE))


async def until(holds: Callable[[], bool]) -> None:
    while not holds():  # noqa: ASYNC110 - a file system has no event
        await asyncio.sleep(0.01)


@pytest.mark.parametrize("path", ["/", "/wrong/", "/wrong/socket", "/wrong/do/learn", "/owner/page/web/main.js", "//"])
async def test_without_its_token_there_is_one_sentence_and_nothing_else(page: OwnerPage, path: str) -> None:
    address = urlsplit(page.url)
    async with aiohttp.ClientSession() as stranger, stranger.get(f"http://{address.netloc}{path}") as answer:
        assert answer.status == 403
        assert "dantok" in await answer.text()
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", None])
async def test_another_sites_page_cannot_act_even_if_it_knows_the_token(page: OwnerPage, origin: str | None) -> None:
    headers = {} if origin is None else {"Origin": origin}
    async with aiohttp.ClientSession(headers=headers) as other:
        for request in (
            other.post(f"{page.url}do/read_chat", json={}),
            other.put(f"{page.url}files/chat/a.txt", data=b"x"),
            other.get(f"{page.url}socket", headers={"Connection": "upgrade", "Upgrade": "websocket"}),
        ):
            async with request as answer:
                assert answer.status == 403


async def test_a_name_that_was_made_to_lead_here_is_refused(page: OwnerPage) -> None:
    async with aiohttp.ClientSession() as other:
        port = urlsplit(page.url).port
        async with other.get(page.url, headers={"Host": f"evil.example:{port}"}) as answer:
            assert answer.status == 403
        async with other.get(page.url) as answer:
            assert answer.status == 200


async def test_the_page_loads_nothing_from_elsewhere_and_tells_nobody_its_address(
    page: OwnerPage, browser: aiohttp.ClientSession
) -> None:
    async with browser.get(page.url) as answer:
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        assert not re.search(r"(?:src|href)=\"(?:\w+:)?//", await answer.text())
    for name in re.findall(r'(?:src|href)="((?:owner|playground)/[^"]+)"', (WEB / "index.html").read_text("utf-8")):
        async with browser.get(page.url + name) as answer:
            assert answer.status == 200, name


@pytest.mark.parametrize("path", ["owner/page/web/../server.py", "owner/page/server.py", "documents/..%2F..%2F.env"])
async def test_no_other_file_is_handed_out(page: OwnerPage, browser: aiohttp.ClientSession, path: str) -> None:
    async with browser.get(page.url + path) as answer:
        assert answer.status in {403, 404}


async def test_two_pages_are_told_the_same_and_a_third_where_things_stand(
    page: OwnerPage, browser: aiohttp.ClientSession
) -> None:
    async with browser.ws_connect(f"{page.url}socket") as one, browser.ws_connect(f"{page.url}socket") as other:
        assert (await said(one))["chat"]["files"] == (await said(other))["chat"]["files"] == []
        async with browser.put(f"{page.url}files/chat/a.txt", data=b"hello") as answer:
            assert answer.status == 200
        files = [{"name": "a.txt", "size": 5}]
        for ws in (one, other):
            while (await said(ws))["chat"]["files"] != files:
                pass
    async with browser.ws_connect(f"{page.url}socket") as third:
        assert (await said(third))["chat"]["files"] == files


@pytest.mark.parametrize("name", ["../../evil.txt", "C:\\Windows\\evil.txt", ".env", "a/b/c.txt", "가" * 150 + ".txt"])
async def test_whatever_a_file_is_called_it_lies_among_the_exports(
    page: OwnerPage, browser: aiohttp.ClientSession, project: Project, name: str
) -> None:
    async with browser.put(f"{page.url}files/chat/{quote(name, safe='')}", data=b"x") as answer:
        assert answer.status == 200
    assert [file.name for file in project.folder.parent.iterdir()] == ["project"]
    (kept,) = [file for file in project.folder.rglob("*") if file.is_file()]
    assert kept.parent == project.chat


async def test_two_members_exports_of_one_name_are_both_kept(
    page: OwnerPage, browser: aiohttp.ClientSession, project: Project
) -> None:
    for content in (b"one", b"two", b"two"):
        async with browser.put(f"{page.url}files/chat/KakaoTalkChats.txt", data=content) as answer:
            assert answer.status == 200
    assert sorted(file.read_bytes() for file in project.chat.iterdir()) == [b"one", b"two"]


async def test_a_large_file_passes_through_in_pieces(
    page: OwnerPage, browser: aiohttp.ClientSession, project: Project
) -> None:
    size = 48 << 20

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(size >> 20):
            yield bytes(1 << 20)

    tracemalloc.start()
    try:
        async with browser.put(f"{page.url}files/chat/big.txt", data=pieces()) as answer:
            assert answer.status == 200
        assert tracemalloc.get_traced_memory()[1] < size / 3
    finally:
        tracemalloc.stop()
    assert (project.chat / "big.txt").stat().st_size == size


async def test_of_a_file_whose_sender_hangs_up_nothing_is_left(
    page: OwnerPage, browser: aiohttp.ClientSession, project: Project
) -> None:
    address = urlsplit(page.url)
    _, writer = await asyncio.open_connection(HOST, address.port)
    head = f"PUT {address.path}files/chat/half.txt HTTP/1.1\r\nHost: {address.netloc}\r\n"
    head += f"Origin: http://{address.netloc}\r\nContent-Length: 5000000\r\n\r\n"
    writer.write(head.encode() + bytes(100_000))
    await writer.drain()
    await until(lambda: any(project.chat.iterdir()))
    writer.close()
    await until(lambda: not any(project.chat.iterdir()))
    async with browser.put(f"{page.url}files/chat/half.txt", data=b"whole") as answer:
        assert answer.status == 200


@pytest.mark.parametrize(
    ("action", "body"),
    [
        ("no_such_thing", "{}"),
        ("state", "{}"),
        ("consent", "{}"),
        ("consent", '{"name": "윤혜", "consent": "perhaps"}'),
        ("token", '{"token": 7}'),
        ("join_people", '{"names": []}'),
        ("tie_discord", '{"name": "윤혜", "account": "윤혜"}'),
        ("choose_attribute", '{"attribute": "Kind"}'),
        ("label_face", '{"face": "a.jpg", "label": 2}'),
        ("learn", '{"anything": 1}'),
        ("learn", "[]"),
        ("learn", "no JSON"),
    ],
)
async def test_what_the_page_never_sends_is_refused(
    page: OwnerPage, browser: aiohttp.ClientSession, action: str, body: str
) -> None:
    async with browser.post(f"{page.url}do/{action}", data=body) as answer:
        assert answer.status == 400


async def test_what_cannot_be_done_is_a_sentence_in_every_language(
    page: OwnerPage, browser: aiohttp.ClientSession
) -> None:
    for action, given in (("learn", {}), ("start_bot", {}), ("consent", {"name": "누구", "consent": "yes"})):
        async with browser.post(f"{page.url}do/{action}", json=given) as answer:
            assert answer.status == 409
            assert set(await answer.json()) == {"ko", "en"}


async def test_a_list_of_people_that_cannot_be_read_is_a_sentence_on_the_page(
    page: OwnerPage, browser: aiohttp.ClientSession, project: Project
) -> None:
    project.people.write_text("[[person]\nname = 7", encoding="utf-8")
    async with browser.ws_connect(f"{page.url}socket") as ws:
        state = await said(ws)
    assert set(state["people"]["problem"]) == {"ko", "en"}
    assert state["chat"]["files"] == []


async def test_a_taken_port_is_the_next_one_or_one_sentence(project: Project) -> None:
    app = web.AppRunner(web.Application())
    await app.setup()
    await web.TCPSite(app, HOST, 0).start()
    taken = app.addresses[0][1]
    with pytest.raises(OwnerError, match=str(taken)):
        await OwnerPage(ProjectController(project), port=taken).__aenter__()
    await app.cleanup()
    async with OwnerPage(ProjectController(project)) as one, OwnerPage(ProjectController(project)) as other:
        ports = {urlsplit(each.url).port for each in (one, other)}
        assert len(ports) == 2
        assert min(ports) >= PORT
