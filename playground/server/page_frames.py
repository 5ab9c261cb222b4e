"""Frames that a page may send, one model each; anything else is refused before it is acted on.

Another type, half a character (as a cut emoji leaves), a number that is none, nesting without end: none of it gets into
the world, from where it would go to every bot and every page. Knows nothing of what is done with a frame.
"""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

from playground.world.command_rules import LOCALES


def _known(locale: str) -> str:
    if locale not in LOCALES:
        raise ValueError("no locale of Discord's")
    return locale


Id = Annotated[str, StringConstraints(max_length=100)]
Locale = Annotated[str, AfterValidator(_known)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, allow_inf_nan=False)


class Filled(_Part):
    """A command's form: by option, ``texts`` as they were typed and ``values`` that were chosen or uploaded."""

    command: Id
    texts: dict[Id, str]
    values: dict[Id, bool | int | float | str] = {}


class _Asked(_Part):
    nonce: Id
    channel_id: Id
    locale: Locale
    typed: str | Filled


class Command(_Asked):
    """A command is run."""

    type: Literal["command"]


class Read(_Asked):
    """A command is being typed, and the page wants to show what it says so far."""

    type: Literal["read"]


class Autocomplete(_Asked):
    """A value is being typed into the option ``focused``, and the bot may complete it."""

    type: Literal["autocomplete"]
    focused: Id


class UseOn(_Part):
    """A command is chosen in the context menu of a message, or of a person."""

    type: Literal["use_on"]
    nonce: Id
    channel_id: Id
    command_id: Id
    target_id: Id
    locale: Locale


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
    """Something is said, or replied to the message ``replied``, with a ping."""

    type: Literal["message"]
    channel_id: Id
    content: str
    replied: Id | None = None
    locale: Locale = "ko"


class Be(_Part):
    """Somebody else is to sit at the page."""

    type: Literal["be"]
    user_id: Id


class Turn(_Part):
    """The clock is to be turned."""

    type: Literal["turn"]


Frame = Command | Read | Autocomplete | UseOn | Press | ModalSubmit | Say | Be | Turn
_FRAMES: TypeAdapter[Frame] = TypeAdapter(Annotated[Frame, Field(discriminator="type")])


def read_frame(text: str) -> Frame:
    """Return the frame that ``text`` is. Raises ValueError if it is none."""
    return _FRAMES.validate_json(text)
