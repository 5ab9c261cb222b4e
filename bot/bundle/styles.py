"""The contract of a bundle's styles: what those of one model are called. Knows nothing of how a style was learnt."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.bundle.manifest import BundleError, parsed

MOST_STYLES = 200
LONGEST_STYLE_NAME = 40


@dataclass(frozen=True, slots=True)
class Style:
    """A style: the ``key`` that buttons remember it by, and what it is called, by languages such as ``ko``."""

    key: str
    names: Mapping[str, str]


def styles_to_json(styles: Sequence[Style]) -> str:
    """Return the text of a file of styles, in the order of the model's weights."""
    return json.dumps([asdict(style) for style in styles], ensure_ascii=False, indent=1) + "\n"


def open_styles(path: Path, count: int) -> tuple[Style, ...]:
    """Read what :func:`styles_to_json` wrote, of a model of ``count`` styles.

    Raises:
        BundleError: it cannot be read, is not one, or is of another number of styles.
    """
    try:
        styles = tuple(_style(entry) for entry in parsed(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BundleError(f"{path.name} is no list of styles ({error!r}): export the bundle again.") from error
    if len(styles) != count or len({style.key for style in styles}) != count:
        raise BundleError(f"{path.name} names {len(styles)} styles, its model has {count}: export the bundle again.")
    return styles


def _style(entry: Mapping[str, Any]) -> Style:
    names = {str(language): _name(name) for language, name in entry["names"].items()}
    if not names:
        raise ValueError("a style has no name")
    return Style(_name(entry["key"]), names)


def _name(name: object) -> str:
    if not isinstance(name, str) or not name.strip() or len(name) > LONGEST_STYLE_NAME or not name.isprintable():
        raise ValueError(f"{name!r} is no name")
    return name
