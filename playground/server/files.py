"""Serves the files of messages and the pictures of people.

Knows nothing of the page or the API. What people upload never runs as a page of ours: it is sandboxed, and its type is
not guessed by the browser.
"""

from html import escape

from aiohttp import web

from playground.world.wire import JSON
from playground.world.world import World

HARMLESS = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}


class Files:
    """Attachments by id, and a picture of colour and initial for everybody."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        """Return the server's routes, where Discord's CDN has them."""
        return [
            web.get("/attachments/{channel_id}/{attachment_id}/{filename}", self._attachment),
            web.get("/embed/avatars/{index}.png", self._anybody),
            web.get("/avatars/{user_id}/{hash}", self._person),
        ]

    async def _attachment(self, request: web.Request) -> web.Response:
        attachment = self._world.attachments.get(request.match_info["attachment_id"])
        if attachment is None or attachment[0]["filename"] != request.match_info["filename"]:
            raise web.HTTPNotFound
        return web.Response(body=attachment[1], headers={"Content-Type": attachment[0]["content_type"], **HARMLESS})

    async def _person(self, request: web.Request) -> web.Response:
        member = self._world.members.get(request.match_info["user_id"])
        if member is None:
            raise web.HTTPNotFound
        return _picture(member["user"])

    async def _anybody(self, _: web.Request) -> web.Response:
        return _picture({"username": "?", "global_name": None, "accent_color": 0x5865F2})


def _picture(user: JSON) -> web.Response:
    initial = escape((user["global_name"] or user["username"])[0].upper())
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="128" height="128">'
        f'<rect width="64" height="64" fill="#{user["accent_color"]:06x}"/><text x="32" y="42" font-size="28" '
        f'text-anchor="middle" fill="white" font-family="sans-serif">{initial}</text></svg>'
    )
    return web.Response(body=svg.encode(), headers={"Content-Type": "image/svg+xml", **HARMLESS})
