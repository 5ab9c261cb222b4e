"""What a page may send, one model a frame; anything else is refused before it is acted on.

Another type, half a character (as a cut emoji leaves), a number that is none, nesting without end: none of it gets into
the world, from where it would go to every bot and every page. Knows nothing of what is done with a frame.
"""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

from playground.world.command_rules import LOCALES
from playground.world.wire import JSON


def _known(locale: str) -> str:
    if locale not in LOCALES:
        raise ValueError("no locale of Discord's")
    return locale


Id = Annotated[str, StringConstraints(max_length=100)]
Locale = Annotated[str, AfterValidator(_known)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, allow_inf_nan=False)


class Option(_Part):
    """A value of a command, or a subcommand with its own."""

    name: Id
    type: int
    value: bool | int | float | str | None = None
    focused: bool = False
    options: list["Option"] | None = None


class _Asked(_Part):
    nonce: Id
    channel_id: Id
    command_id: Id
    options: list[Option]
    locale: Locale

    def given(self) -> list[JSON]:
        """Return the options in Discord's form."""
        return [option.model_dump(exclude_defaults=True) for option in self.options]


class Command(_Asked):
    """A command is run."""

    type: Literal["command"]


class Autocomplete(_Asked):
    """A value is being typed, and the bot may complete it."""

    type: Literal["autocomplete"]


class Press(_Part):
    """A button is pressed, or ``values`` are chosen in a select menu."""

    type: Literal["press"]
    nonce: Id
    channel_id: Id
    message_id: Id
    custom_id: Id
    values: list[str] | None = None
    locale: Locale


class ModalSubmit(_Part):
    """A form is sent."""

    type: Literal["modal_submit"]
    nonce: Id
    interaction_id: Id
    components: list[dict[str, Any]]


class Say(_Part):
    """Something is said."""

    type: Literal["message"]
    channel_id: Id
    content: str
    locale: Locale = "ko"


class Be(_Part):
    """Somebody else is to sit at the page."""

    type: Literal["be"]
    user_id: Id


class Turn(_Part):
    """The clock is to be turned."""

    type: Literal["turn"]


Frame = Command | Autocomplete | Press | ModalSubmit | Say | Be | Turn
_FRAMES: TypeAdapter[Frame] = TypeAdapter(Annotated[Frame, Field(discriminator="type")])


def read_frame(text: str) -> Frame:
    """Return the frame that ``text`` is. Raises ValueError if it is none."""
    return _FRAMES.validate_json(text)
