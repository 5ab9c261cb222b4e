"""Lines that are nobody's alone: three people or more of the room said each, letter by letter; and what answered what.

Knows nothing of networks. The bot may say these as they are: they are what everybody says here.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from bot.bundle import normalise
from bot.bundle.exchanges import MOST_MORE, Exchanges
from bot.bundle.verbatim import Spelling
from training.text.answers.pairs import Pair, is_answer
from training.text.message import Message
from training.text.verbatim import PEOPLE

MOST = 2_000
FEWEST_MESSAGES = 2
"""Different messages that a line has answered: what never did opens a talk, what did once belongs to that one."""
_NEXT = 2
"""So many messages after a line may answer it."""
_LONGEST = 40
"""Letters of a line: what is longer is seldom an answer."""


@dataclass(frozen=True, slots=True)
class _Given:
    """Who had part in an answer: those whose line it answered, and those who gave it."""

    asked: set[str] = field(default_factory=set)
    answered: set[str] = field(default_factory=set)


def lines_of(messages: Sequence[Message], pairs: Iterable[Pair]) -> list[str]:
    """Return the lines that :data:`PEOPLE` people said, those first that answered most different messages; ``MOST``.

    A line that names somebody of the room is none: it belongs to them. Who is named by nobody counts as nobody.
    """
    answered: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        answered[pair.answer].add(pair.message)
    said, names = _shared(messages), _names_of(messages)
    useful = [line for line in said if len(answered[line]) >= FEWEST_MESSAGES]
    free = [line for line in useful if not any(name in line for name in names)]
    often = sorted(free, key=lambda line: (-len(answered[line]), -len(set(said[line])), line))
    return _each_once(often)[:MOST]


def exchanges_of(messages: Sequence[Message], lines: Sequence[str]) -> Exchanges:
    """Return what else :data:`PEOPLE` people said, the usual first, and which of it all answered which.

    ``lines`` are those of :func:`lines_of`. An answer is one of the next two messages, another's and within minutes; it
    counts where two people or more gave it, and :data:`PEOPLE` or more had part in that. A line may begin with the name
    of somebody of the room, for who types that name asks for it; it names nobody else, and answers nothing.
    """
    named = re.compile("|".join(map(re.escape, _names_of(messages))) or "(?!)")
    said = {line: who for line, who in _shared(messages).items() if not named.search(line, 1)}
    often = sorted(said, key=lambda line: (-len(said[line]), line))
    all_lines = [*lines, *_each_once([*lines, *often])[len(lines) :][:MOST_MORE]]
    places = {line: place for place, line in enumerate(all_lines)}
    given: dict[tuple[str, str], _Given] = defaultdict(_Given)
    following = (zip(messages, messages[step:], strict=False) for step in range(1, _NEXT + 1))
    for one, other in chain.from_iterable(following):
        question, answer = normalise(one.text), normalise(other.text)
        if is_answer(one, other) and question != answer and question in places and answer in places:
            given[question, answer].asked.add(one.who)
            given[question, answer].answered.add(other.who)
    usual = (pair for pair, by in given.items() if len(by.answered) > 1 and len(by.asked | by.answered) >= PEOPLE)
    answers = ((places[question], places[answer]) for question, answer in usual if not named.match(answer))
    return Exchanges(tuple(all_lines[len(lines) :]), tuple(sorted(answers)))


def _shared(messages: Sequence[Message]) -> dict[str, list[str]]:
    """Return the short lines that :data:`PEOPLE` people said, and who said them, each time."""
    said: dict[str, list[str]] = defaultdict(list)
    for message in messages:
        if message.who:
            said[normalise(message.text)].append(message.who)
    return {line: who for line, who in said.items() if len(set(who)) >= PEOPLE and _is_short(line)}


def _each_once(lines: Iterable[str]) -> list[str]:
    """Return the lines without those that have the letters of an earlier one: of ㅋㅋㅋ and ㅋㅋㅋㅋ one is enough."""
    usual: dict[str, str] = {}
    for line in lines:
        usual.setdefault(_letters(line), line)
    return list(usual.values())


def _letters(line: str) -> str:
    spelling = Spelling.of(line)
    return spelling.letters or spelling.signs


def _is_short(line: str) -> bool:
    return bool(Spelling.of(line).signs) and len(line) <= _LONGEST


def _names_of(messages: Sequence[Message]) -> set[str]:
    return {name for message in messages for name in _names(message.who)}


def _names(who: str) -> set[str]:
    """Return what somebody may be called: the name, and of a Korean one without its family name."""
    return {part for part in {who, who[1:] if len(who) == 3 else who} if len(part) > 1}
