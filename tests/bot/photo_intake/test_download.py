"""A photo comes from Discord alone, and no more of it than a photo may have."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from aiohttp import web
from discord.asset import Asset

from bot.i18n import UserFacingError
from bot.photo_intake.download import fetched
from bot.photos import MOST_BYTES, PhotoError

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def served(answer: Answer) -> AsyncIterator[tuple[str, list[str]]]:
    """Yield where ``answer`` is given, and what was asked for."""
    asked: list[str] = []

    async def noted(request: web.Request) -> web.StreamResponse:
        asked.append(request.path)
        return await answer(request)

    app = web.Application()
    app.router.add_get("/{path:.*}", noted)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}", asked
    finally:
        await runner.cleanup()


def attachment(url: str, size: int = 1000) -> Any:
    return SimpleNamespace(url=url, size=size)


async def picture(_: web.Request) -> web.StreamResponse:
    return web.Response(body=b"a picture")


async def test_a_photo_is_fetched_from_where_discord_keeps_its_files(monkeypatch: pytest.MonkeyPatch) -> None:
    async with served(picture) as (url, _):
        monkeypatch.setattr(Asset, "BASE", url)
        assert await fetched(attachment(f"{url}/attachments/1/2/p.png?ex=1&is=2")) == b"a picture"


async def test_nothing_is_asked_of_any_other_place() -> None:
    async with served(picture) as (url, asked):
        for elsewhere in (f"{url}/p.png", "file:///etc/passwd", "data:,x", "http://cdn.discordapp.com/p.png", "/p", ""):
            with pytest.raises(UserFacingError):
                await fetched(attachment(elsewhere))
    assert not asked


async def test_no_redirect_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    async def leads_on(request: web.Request) -> web.StreamResponse:
        raise web.HTTPFound("/other") if request.path != "/other" else web.HTTPOk(text="secret")

    async with served(leads_on) as (url, asked):
        monkeypatch.setattr(Asset, "BASE", url)
        with pytest.raises(UserFacingError):
            await fetched(attachment(f"{url}/p.png"))
    assert asked == ["/p.png"]


async def test_a_file_that_is_larger_than_it_says_is_left_off_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = 0

    async def endless(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(bytes(2**20))
            sent += 2**20

    async with served(endless) as (url, _):
        monkeypatch.setattr(Asset, "BASE", url)
        with pytest.raises(PhotoError):
            await fetched(attachment(f"{url}/p.png"))
    assert sent < 4 * MOST_BYTES
