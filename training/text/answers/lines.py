"""Lines that answer much and are nobody's alone: three people or more of the room said each, letter by letter.

Knows nothing of networks. The bot may say these as they are: they are what everybody says here.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from bot.bundle import normalise
from bot.bundle.verbatim import Spelling
from training.text.answers.pairs import Pair
from training.text.message import Message
from training.text.verbatim import PEOPLE

MOST = 2_000
FEWEST_MESSAGES = 2
"""Different messages that a line has answered: what never did opens a talk, what did once belongs to that one."""
_LONGEST = 40
"""Letters of a line: what is longer is seldom an answer."""


def lines_of(messages: Sequence[Message], pairs: Iterable[Pair]) -> list[str]:
    """Return the lines that :data:`PEOPLE` people said, those first that answered most different messages; ``MOST``.

    A line that names somebody of the room is none: it belongs to them. Who is named by nobody counts as nobody.
    """
    said: dict[str, set[str]] = defaultdict(set)
    for message in messages:
        if message.who:
            said[normalise(message.text)].add(message.who)
    names = {name for message in messages for name in _names(message.who)}
    answered: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        answered[pair.answer].add(pair.message)
    shared = [line for line, people in said.items() if len(people) >= PEOPLE and _is_short(line)]
    useful = [line for line in shared if len(answered[line]) >= FEWEST_MESSAGES]
    free = [line for line in useful if not any(name in line for name in names)]
    often = sorted(free, key=lambda line: (-len(answered[line]), -len(said[line]), line))
    usual: dict[str, str] = {}
    for line in often:
        usual.setdefault(_letters(line), line)  # of ㅋㅋㅋ and ㅋㅋㅋㅋㅋ one is enough
    return list(usual.values())[:MOST]


def _letters(line: str) -> str:
    spelling = Spelling.of(line)
    return spelling.letters or spelling.signs


def _is_short(line: str) -> bool:
    return bool(Spelling.of(line).signs) and len(line) <= _LONGEST


def _names(who: str) -> set[str]:
    """Return what somebody may be called: the name, and of a Korean one without its family name."""
    return {part for part in {who, who[1:] if len(who) == 3 else who} if len(part) > 1}
