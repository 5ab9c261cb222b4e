"""``people.toml``: the list of people as its owner reads and edits it, with what they wrote beside it kept.

::

    [[person]]
    name = "현지"
    aliases = ["김현지"]
    messages = 412
    consent = "unknown"          # or "yes", or "no"
    discord = "1234567890123456" # if it is known

Knows nothing of chats or of training.
"""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.bundle.files import write_whole
from training.common.errors import ChatError
from training.text.consent.people import Consent, People, Person

if TYPE_CHECKING:
    from tomlkit import TOMLDocument
    from tomlkit.items import Table

_HEADING = """\
Who writes in the chat, and who agreed that the bot learns from it. Only of those with consent = "yes" it learns.
Ask each of them, then write "yes" or "no". One friend with several names: put the others among their aliases.
discord = "…" is the ID of their account there, so that /privacy forget reaches the next training.

대화에 있는 사람들이에요. consent = "yes"인 사람의 말만 배워요. 한 명씩 물어보고 "yes"나 "no"로 바꿔 주세요.
이름이 여러 개인 친구는 다른 이름을 aliases에 적어 주세요. discord = "…"는 그 친구의 디스코드 아이디예요."""

_ID = re.compile(r"[1-9][0-9]{0,18}")
_FIELDS = frozenset({"name", "aliases", "messages", "consent", "discord"})


def read_people(path: Path) -> People:
    """Return the people of a file.

    Raises:
        ChatError: there is none, or it is no list of people; the sentence says where.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ChatError(f"There is no {path}: `python -m training people EXPORT... --out {path}` writes it.") from None
    except (OSError, ValueError) as error:  # letters that are no UTF-8 are a ValueError, and so is what is no TOML
        raise ChatError(f"{path} cannot be read as a list of people ({error}): mend that line.") from error
    entries = content.get("person", [])
    if not isinstance(entries, list) or content.keys() - {"person"}:
        raise ChatError(f"{path} is no list of people: each begins with [[person]].")
    try:
        return People(tuple(map(_person, entries)))
    except (ChatError, ValueError) as error:
        raise ChatError(f"{path}: {error}") from error


def write_people(people: People, path: Path) -> None:
    """Write the people for their owner's eyes alone; what else stands in the file, comments too, stays.

    Raises:
        ChatError: what is there is no list of people.
    """
    from tomlkit import dumps, parse

    if path.exists():
        read_people(path)
        document = parse(path.read_text(encoding="utf-8-sig"))
    else:
        document = _empty()
    _update(document, people)
    write_whole(path, dumps(document), private=True)


def _person(entry: Any) -> Person:  # noqa: ANN401 - whatever TOML has
    """Return the person of an entry.

    Raises:
        ValueError: it is none.
    """
    if not isinstance(entry, Mapping) or not isinstance(entry.get("name"), str) or not entry["name"].strip():
        raise ValueError('a [[person]] has no name: write name = "…"')
    name, aliases, messages = entry["name"], entry.get("aliases", []), entry.get("messages", 0)
    if more := ", ".join(sorted(entry.keys() - _FIELDS)):
        raise ValueError(f"{name!r} has {more}, which is none of {', '.join(sorted(_FIELDS))}")
    if not isinstance(aliases, list) or not all(isinstance(alias, str) and alias.strip() for alias in aliases):
        raise ValueError(f'the aliases of {name!r} must be like ["…", "…"]')
    if type(messages) is not int:
        raise ValueError(f"the messages of {name!r} must be a number")
    try:
        consent = Consent(entry.get("consent", Consent.UNKNOWN))
    except ValueError:
        raise ValueError(f'the consent of {name!r} must be "yes", "no" or "unknown"') from None
    return Person(name, tuple(aliases), messages, consent, _account(name, entry.get("discord", "")))


def _account(name: str, written: Any) -> int | None:  # noqa: ANN401 - whatever TOML has
    text = str(written).strip()
    if not text:
        return None
    if isinstance(written, bool) or not _ID.fullmatch(text):
        raise ValueError(f'the discord of {name!r} must be an ID, a long number such as "1234567890123456"')
    return int(text)


def _empty() -> "TOMLDocument":
    from tomlkit import aot, comment, document, nl

    file = document()
    for line in _HEADING.splitlines():
        file.add(comment(line) if line else nl())
    file.add(nl())
    file.add("person", aot())
    return file


def _update(document: "TOMLDocument", people: People) -> None:
    """Bring the tables of the people up to date, take away those of whom nothing is left, and add the new ones."""
    from tomlkit import aot, table

    if "person" not in document:
        document.add("person", aot())
    tables: Any = document["person"]
    if isinstance(tables, list) and not tables:
        document["person"] = tables = aot()
    left = list(people)
    for at in reversed(range(len(tables))):
        entry = tables[at]
        # The one that bears the name itself, not one that has become an alias.
        person = next((each for each in left if each.name == entry["name"]), None)
        if person is None:
            del tables[at]
        else:
            left.remove(person)
            _fill(entry, person)
    for person in left:
        entry = table()
        _fill(entry, person)
        tables.append(entry)


def _fill(entry: "Table", person: Person) -> None:
    values: dict[str, Any] = {
        "name": person.name,
        "aliases": list(person.aliases),
        "messages": person.messages,
        "consent": person.consent.value,
    }
    if person.discord is not None:
        values["discord"] = str(person.discord)
    elif "discord" in entry:
        del entry["discord"]
    for key, value in values.items():
        if entry.get(key, None) != value:
            entry[key] = value
