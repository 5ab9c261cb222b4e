r"""Reads the written scenes and word lists; knows nothing of who plays them, when, or of KakaoTalk.

A scene file holds scenes like this one:

    ## 점심 (11-13시, 평일, 학기)
    A: {food을} 먹을 사람
    | 점심 [같이|나랑] 먹을 사람
    B: 나
    ? C: 나도 {lol}
    ! A: 몇 시에 볼까
    | 어디서 볼까
    & B: {hour} 어때
    | {place} 어때
    ~20
    태오: 미안 지금 봄

A heading names the scene and, in brackets, when it may play. A line is a speaker and what they write: a role (A, B …),
a member, or * for a line of KakaoTalk itself. | is another wording of the line above it, ~ a pause in minutes. A line
with ? is left out at times; a line with & takes the wording in step with the one that the last line with ! took.
[x|y] chooses, {food을} is a word from a list with its particle, {B가} a role's name; \n begins a new line inside one
message. A word list file holds lines `food = 떡볶이, 김밥`; words of `lol* = …` are drawn anew each time, the others
stay the same throughout a scene, and {food2} is another one than {food}.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

_HEADING = re.compile(r"## (?P<title>.+?)(?: \((?P<when>.*)\))?$")
_LINE = re.compile(r"(?:(?P<sign>[?!&]) )?(?P<speaker>[A-Z]|[가-힣]{2}|\*): (?P<text>.+)$")
_WORDS = re.compile(r"(?P<name>[a-z]{1,40})(?P<fresh>\*)? = (?P<words>.+)$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a scene: all its wordings, its sign (?, !, & or none), and the pause before it in minutes."""

    speaker: str
    wordings: tuple[str, ...]
    sign: str = ""
    pause: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A short conversation and the conditions, as written, under which it may play; each is only itself."""

    title: str
    conditions: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class WordList:
    """Words that fit one slot; fresh means another word each time the slot occurs in a scene."""

    words: tuple[str, ...]
    fresh: bool


@dataclass(slots=True)
class _Draft:
    title: str
    conditions: tuple[str, ...]
    lines: list[Line] = field(default_factory=list)
    pause: int = 0

    def scene(self) -> Scene:
        return Scene(self.title, self.conditions, tuple(self.lines))


def read_scenes(file: Path) -> tuple[Scene, ...]:
    """Return every scene in its order. Raises ValueError with file and line number where the notation is broken."""
    drafts: list[_Draft] = []
    for number, row in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        try:
            _take(row.rstrip(), drafts)
        except (IndexError, ValueError) as wrong:
            raise ValueError(f"{file.name}, line {number}: {row!r} is not in the scene notation.") from wrong
    return tuple(draft.scene() for draft in drafts)


def _take(row: str, drafts: list[_Draft]) -> None:
    if heading := _HEADING.match(row):
        drafts.append(_Draft(heading["title"], _conditions(heading["when"])))
    elif row.startswith("~"):
        drafts[-1].pause = int(row[1:])
    elif row.startswith("| "):
        _add_wording(drafts[-1].lines, row[2:])
    elif row:
        _add_line(drafts[-1], row)


def _conditions(when: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in when.split(",")) if when else ()


def _add_wording(lines: list[Line], text: str) -> None:
    last = lines[-1]
    lines[-1] = Line(last.speaker, (*last.wordings, text), last.sign, last.pause)


def _add_line(draft: _Draft, row: str) -> None:
    parts = _LINE.match(row)
    if parts is None:
        raise ValueError(row)
    draft.lines.append(Line(parts["speaker"], (parts["text"],), parts["sign"] or "", draft.pause))
    draft.pause = 0


def read_words(file: Path) -> dict[str, WordList]:
    """Return the word lists by name. Raises ValueError where a line is no word list."""
    lists: dict[str, WordList] = {}
    for row in filter(None, map(str.strip, file.read_text(encoding="utf-8").splitlines())):
        parts = _WORDS.match(row)
        if parts is None:
            raise ValueError(f"{file.name}: {row!r} is not in the form 'name = word, word'.")
        words = tuple(word.strip() for word in parts["words"].split(","))
        lists[parts["name"]] = WordList(words, bool(parts["fresh"]))
    return lists
