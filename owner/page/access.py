"""Access to the page: whoever has its token, from the page itself, on this machine. Knows nothing of what it shows.

The token stands in the address, so every link of the page carries it, and no cookie goes along with another site's
requests. Host is checked against DNS rebinding, Origin against requests that another site's script makes.
"""

import secrets
from collections.abc import Callable, Mapping

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler, Middleware

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
        "frame-src 'self' http://127.0.0.1:*; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
REFUSAL = (
    "이 주소로는 열 수 없어요. dantok을 켠 창에 나온 주소를 그대로 열어 주세요.\n"
    "This address does not open the page. Open the one that dantok printed, as it stands there.\n"
)
_READING = {hdrs.METH_GET, hdrs.METH_HEAD}


class Access:
    """Lets the page's own requests in and nobody else's."""

    def __init__(self, base: Callable[[], str]) -> None:
        """Draw a new token; ``base`` returns the server's address without it, such as ``http://127.0.0.1:8300``."""
        self._base = base
        self.token = secrets.token_urlsafe(24)

    @property
    def url(self) -> str:
        """The address of the page."""
        return f"{self._base()}/{self.token}/"

    def may_enter(self, request: web.Request) -> bool:
        """Return whether a request comes from the page: a change of something has to say so itself."""
        own = {self._base(), self._base().replace("127.0.0.1", "localhost")}
        token = request.path.split("/")[1]
        reads = request.method in _READING and hdrs.UPGRADE not in request.headers
        origin = request.headers.get(hdrs.ORIGIN, f"http://{request.host}" if reads else "")
        is_right = secrets.compare_digest(token.encode(), self.token.encode())
        return is_right and f"http://{request.host}" in own and origin == f"http://{request.host}"

    def middleware(self) -> Middleware:
        """Return what stands before every route: strangers read one sentence, and every answer has our headers."""

        @web.middleware
        async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
            if not self.may_enter(request):
                return web.Response(status=403, text=REFUSAL, headers=HEADERS)
            return await handler(request)

        return guard


async def add_headers(_: web.Request, response: web.StreamResponse) -> None:
    """Put our headers on an answer that has none of its own; a signal of aiohttp's."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
