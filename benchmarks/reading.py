"""Reading and cleaning: 53,000 messages, made by repeating the sample room with its texts varied.

Each repetition is a year later and every message gets a tail of its own, so that nothing is quick for having been seen.
"""

import random
import re
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from time import perf_counter

from benchmarks.figure import Figure, at_most
from training.samples.room import sample_room
from training.text.corpus.corpus import Corpus, read_corpus
from training.text.message import Message
from training.text.readers.detection import chats_in

MESSAGES = 53_000
TAILS = (
    "",
    " ㅋㅋㅋㅋㅋㅋ",
    " ㅠㅠㅠㅠ",
    "!!",
    " 👍🏽",
    " @도윤",
    " https://example.com/{}",
    " 010-1234-{:04}",
    " {}시에 봐",
)
_YEAR = re.compile(r"(\d{4})(?=년)")


def measure() -> Iterator[Figure]:
    """Yield the seconds for 53,000 messages, and the messages a second with and without cleaning."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "chat"
        path.write_text(varied(sample_room().decode(), MESSAGES), encoding="utf-8", newline="\r\n")
        seconds = min(_seconds_to_clean(path) for _ in range(3))
        reading = min(_seconds_to_read(path) for _ in range(3))
    name = f"reading and cleaning {MESSAGES:,} messages"
    yield Figure(name, seconds, "s", "at most 3 s", at_most(3))
    yield Figure("read and cleaned", MESSAGES / seconds, "messages/s")
    yield Figure("read, encoding and format found", MESSAGES / reading, "messages/s", note="without cleaning")


def sample_corpus() -> Corpus:
    """Return the sample room as training reads it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "chat"
        path.write_bytes(sample_room())
        return read_corpus([path])


def varied(sample: str, count: int) -> str:
    """Return a KakaoTalk export for Windows with ``count`` messages and the sample's other lines between them."""
    dice = random.Random(1)
    lines: list[str] = []
    messages = 0
    for year in range(1000):
        for line in sample.splitlines():
            is_message = line.startswith("[")
            if is_message and messages == count:
                return "\n".join(lines) + "\n"
            messages += is_message
            lines.append(_vary(line, year, dice) if is_message or line.startswith("-") else line)
    raise ValueError("the sample holds no message")


def _vary(line: str, year: int, dice: random.Random) -> str:
    if line.startswith("-"):
        return _YEAR.sub(lambda match: str(int(match[1]) + year), line)
    return line + dice.choice(TAILS).format(dice.randrange(10_000))


def _seconds_to_clean(path: Path) -> float:
    start = perf_counter()
    corpus = read_corpus([path], session_gap=timedelta(hours=1))
    seconds = perf_counter() - start
    count = (
        corpus.report.messages
        + corpus.report.not_messages.get("media", 0)
        + corpus.report.not_messages.get("deleted", 0)
    )
    if count != MESSAGES:
        raise ValueError(f"{count} of {MESSAGES} messages were read")
    return seconds


def _seconds_to_read(path: Path) -> float:
    start = perf_counter()
    count = sum(isinstance(item, Message) for chat in chats_in(path) for item in chat.read())
    seconds = perf_counter() - start
    if not count:
        raise ValueError("no message was read")
    return seconds
