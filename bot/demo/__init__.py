"""The demo: the bot in a local Discord on this machine. Knows nothing of how the local Discord works."""

from importlib.util import find_spec

from bot.errors import OwnerError


def require_playground() -> None:
    """Make sure that the local Discord is there: what runs the bot alone, such as its image, carries none.

    Raises:
        OwnerError: it is not installed.
    """
    if find_spec("playground") is None:
        raise OwnerError("The demo's local Discord is not installed here: get Dantok's repository and run `make demo`.")
