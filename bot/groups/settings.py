"""What is set for a group: the bot's own settings for all, or ``123.toml`` beside the bundle of server 123."""

import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from bot.errors import OwnerError

FaceButtons = Literal["everybody", "asker"]


@dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid"))
class GroupSettings:
    """How boldly a group talks, and whose presses under a drawn face count."""

    temperature: Annotated[float, Field(ge=0, le=2)] = 0.8
    face_buttons: FaceButtons = "everybody"


def read_settings(file: Path, usual: GroupSettings) -> GroupSettings:
    """Read what is set for a group; the rest is as usual.

    Raises:
        OwnerError: it cannot be read, is no TOML, or sets what cannot be set.
    """
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
        return TypeAdapter(GroupSettings).validate_python(TypeAdapter(GroupSettings).dump_python(usual) | content)
    except (OSError, ValueError) as error:
        raise OwnerError(
            f"{file.name} is wrong ({_reason(error)}): it is TOML, and may set temperature (a number from 0 to 2) and "
            "face_buttons (everybody or asker)."
        ) from None


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return ", ".join(".".join(map(str, problem["loc"])) for problem in error.errors())
    return type(error).__name__
