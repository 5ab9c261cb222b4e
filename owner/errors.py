"""What can go wrong in a step: a sentence by its name, in the language that is asked for."""

from dataclasses import fields

from bot.errors import OwnerError
from bot.i18n import owner_locale, texts_for
from bot.terminal.texts import TerminalTexts
from bot.terminal_language import translated
from owner.texts import OwnerTexts, Sentences


class Interrupted(Exception):  # noqa: N818 - no error: the owner pressed Ctrl-C
    """The owner stopped what ran; started again, it goes on there."""


class CommandError(OwnerError):
    """A command behind a step ended with this sentence of its own."""


class StepError(OwnerError):
    """A step cannot be done; :meth:`sentence` says what was found and what to do."""

    def __init__(self, name: str, **values: object) -> None:
        """Take a field of :class:`owner.texts.Sentences`, and what is filled in there."""
        if name not in {field.name for field in fields(Sentences)}:
            raise ValueError(name)
        self.name, self.values = name, values
        super().__init__(name)

    def sentence(self, locale: str) -> str:
        """Return what happened, in the language of a locale such as ``ko`` or ``en_GB.UTF-8``."""
        template: str = getattr(texts_for(OwnerTexts, locale).sentences, self.name)
        table = texts_for(TerminalTexts, locale).sentences  # what the system says of a file stands there
        said = {name: translated(str(value), table) for name, value in self.values.items() if name == "reason"}
        return template.format(**self.values | said)

    def __str__(self) -> str:
        """Return it in the language of the terminal."""
        return self.sentence(owner_locale())
