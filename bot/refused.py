"""What a member in the chat is told when the answer is no. Knows nothing of how it reaches them."""

from collections.abc import Callable

from bot.i18n import Texts


class Refused(Exception):  # noqa: N818 - the bot is well, it only says no
    """What a member asked for cannot be; carries the sentence to answer, in whatever language they read."""

    def __init__(self, sentence: Callable[[Texts], str]) -> None:
        super().__init__("refused")
        self.sentence = sentence


class UnknownButton(Refused):
    """A press of a button that this version did not make: another version's, or nobody's."""

    def __init__(self) -> None:
        super().__init__(lambda texts: texts.unknown_button)
