"""Turns a written scene into what was typed: casts the roles, chooses wordings, fills the slots.

Knows nothing of the calendar beyond the day it is asked for, and nothing of the export format.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from random import Random

from training.samples.members import BY_NAME, MEMBERS, Member, called, typed
from training.samples.notation import Line, Scene, WordList
from training.samples.particles import attach

_NAMES = "|".join(BY_NAME)
_ROLE_SLOT = re.compile(r"\{@?([A-Z])[가-힣]*\}")
_SLOT = re.compile(rf"\{{(?P<at>@?)(?P<key>[A-Z]|[a-z]+\d?|{_NAMES})(?P<particle>[가-힣]*)\}}")
_CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
# A scene that says 너 is for friends of one age: nobody says it to 정훈 or 다빈.
_SAYS_YOU = re.compile(r"(?<![가-힣])(너|니|네가|니가|넌|널|너는|너도|너네|너랑|너만|너한테|니네)(?![가-힣])")
_MENTIONED = re.compile(_NAMES)


@dataclass(frozen=True, slots=True)
class Spoken:
    """One typed line: who wrote it (None: KakaoTalk itself) and the minutes since the line before."""

    who: str | None
    text: str
    minutes: int


class Decks:
    """Deals the options of each choice like cards: every one comes once before any comes again."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._left: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)

    def deal(self, options: Sequence[str]) -> str:
        """Return the next of these options; the same options always share one deck."""
        left = self._left[tuple(options)]
        if not left:
            left.extend(options)
            self._random.shuffle(left)
        return left.pop()


@dataclass(slots=True)
class Stage:
    """Where scenes are played, one after the other; remembers which wordings were used last, and who played what."""

    words: Mapping[str, WordList]
    random: Random
    decks: Decks
    played: Counter[tuple[Scene, str, Member]] = field(default_factory=Counter)

    def play(self, scene: Scene, day: date) -> tuple[Spoken, ...]:
        """Return what is typed when the scene plays that day.

        Raises KeyError for a slot that no word list fills, ValueError where there are too few members for the roles.
        """
        roles = self._cast(scene, day)
        lines = [line for line in scene.lines if line.sign != "?" or self.random.random() < 0.6]
        playing = _Playing(self, roles)
        return tuple(playing.spoken(line) for line in lines)

    def _cast(self, scene: Scene, day: date) -> dict[str, Member]:
        """Return who plays each role: who has played it least, so that several people come to say the same."""
        free, cast = _free(scene, day), dict[str, Member]()
        if len(free) < len(_roles(scene)):
            raise ValueError(f"{scene.title}: too few members on {day} for its roles.")
        self.random.shuffle(free)
        for role in _roles(scene):
            cast[role] = min(free, key=lambda member: (member.quiet, self.played[scene, role, member]))
            free.remove(cast[role])
            self.played[scene, role, cast[role]] += 1
        return cast


def can_play(scene: Scene, day: date) -> bool:
    """Whether everybody whom the scene names had joined by that day, and enough others for its roles."""
    everybody = all(BY_NAME[name].is_in(day) for name in fixed_members(scene))
    return everybody and len(_free(scene, day)) >= len(_roles(scene))


@cache
def fixed_members(scene: Scene) -> frozenset[str]:
    """Names of members who speak or are spoken of in the scene by name, not by role."""
    people = [line for line in scene.lines if line.speaker != "*"]
    speaking = frozenset(line.speaker for line in people) & BY_NAME.keys()
    return speaking.union(*(_MENTIONED.findall(wording) for line in people for wording in line.wordings))


@cache
def _roles(scene: Scene) -> list[str]:
    roles = {line.speaker for line in scene.lines if re.fullmatch("[A-Z]", line.speaker)}
    for line in scene.lines:
        roles.update(role for wording in line.wordings for role in _ROLE_SLOT.findall(wording))
    return sorted(roles)


def _free(scene: Scene, day: date) -> list[Member]:
    named = fixed_members(scene)
    return [m for m in MEMBERS if m.is_in(day) and m.name not in named and not (m.older and _says_you(scene))]


@cache
def _says_you(scene: Scene) -> bool:
    return any(_SAYS_YOU.search(wording) for line in scene.lines for wording in line.wordings)


@dataclass(slots=True)
class _Playing:
    stage: Stage
    roles: Mapping[str, Member]
    bound: dict[str, str] = field(default_factory=dict)
    led: int = 0

    def spoken(self, line: Line) -> Spoken:
        speaker = self.roles.get(line.speaker) or BY_NAME.get(line.speaker)
        text = self._filled(self._wording(line), speaker).replace("\\n", "\n")
        random = self.stage.random
        minutes = line.pause + random.choices((0, 1, 2, 3), (60, 30, 7, 3))[0]
        if speaker is None:
            return Spoken(None, text, minutes)
        return Spoken(speaker.name, typed(speaker, text, random), minutes)

    def _wording(self, line: Line) -> str:
        if line.sign == "&":
            return line.wordings[self.led % len(line.wordings)]
        chosen = self.stage.decks.deal(line.wordings)
        if line.sign == "!":
            self.led = line.wordings.index(chosen)
        return chosen

    def _filled(self, wording: str, speaker: Member | None) -> str:
        while choice := _CHOICE.search(wording):
            chosen = self.stage.decks.deal(choice[1].split("|"))
            wording = wording[: choice.start()] + chosen + wording[choice.end() :]
        return _SLOT.sub(lambda slot: self._value(slot, speaker), wording)

    def _value(self, slot: re.Match[str], speaker: Member | None) -> str:
        key, particle = slot["key"], slot["particle"]
        person = self.roles.get(key) or BY_NAME.get(key)
        if person is None:
            return attach(self._word(key), particle) if particle else self._word(key)
        return f"@{person.name}" if slot["at"] else called(speaker, person, particle, self.stage.random)

    def _word(self, key: str) -> str:
        words = self.stage.words[key.rstrip("0123456789")]
        if words.fresh:
            return self.stage.decks.deal(words.words)
        if key not in self.bound:
            bound_words = set(self.bound.values())
            self.bound[key] = next(
                w for w in iter(lambda: self.stage.decks.deal(words.words), None) if w not in bound_words
            )
        return self.bound[key]
