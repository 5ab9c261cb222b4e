"""Errors: Discord's own answers to a request, and sentences for a person.

Knows nothing of HTTP servers. Source: Discord's reference, "JSON error codes".
"""

from collections.abc import Mapping

from playground.world.wire import JSON


class PlaygroundError(Exception):
    """A sentence for the person or the test that drives the playground."""


class NoAnswer(PlaygroundError):  # noqa: N818 - it is what happened, and reads so in a test
    """The bot did not answer within Discord's three seconds, or did not finish in time."""


class ApiError(Exception):
    """An answer that Discord would refuse a request with."""

    def __init__(self, status: int, code: int, message: str, errors: Mapping[str, object] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors

    def to_json(self) -> JSON:
        """Return Discord's error object."""
        body: JSON = {"message": self.message, "code": self.code}
        return body if self.errors is None else body | {"errors": dict(self.errors)}


UNKNOWN = {"Channel": 10003, "Guild": 10004, "Member": 10007, "Message": 10008, "Role": 10011, "User": 10013,
           "Emoji": 10014, "Webhook": 10015, "Interaction": 10062, "application command": 10063,
           "Guild Scheduled Event": 10070}  # fmt: skip


def unknown(what: str) -> ApiError:
    """Return "Unknown Message" and its kind, with Discord's code for it."""
    return ApiError(404, UNKNOWN[what], f"Unknown {what}")


def no_access() -> ApiError:
    """Return the refusal of a channel that the bot does not see."""
    return ApiError(403, 50001, "Missing Access")


def not_permitted() -> ApiError:
    """Return the refusal of what the bot may not do."""
    return ApiError(403, 50013, "Missing Permissions")


def unauthorized() -> ApiError:
    """Return the refusal of a wrong or missing token."""
    return ApiError(401, 0, "401: Unauthorized")
