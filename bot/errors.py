"""What can go wrong, by who has to hear of it: the owner at the terminal, or a member in the chat.

Light to import. Knows nothing of how either is told.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.i18n.texts import Texts


class OwnerError(Exception):
    """The bot cannot start or go on; the message is one sentence that says what to do."""


class Refused(Exception):  # noqa: N818 - the bot is well, it only says no
    """What a member asked for cannot be; carries the sentence to answer, in whatever language they read."""

    def __init__(self, sentence: Callable[["Texts"], str]) -> None:
        super().__init__("refused")
        self.sentence = sentence
