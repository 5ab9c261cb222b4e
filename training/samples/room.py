"""The whole invented room from the scenes beside this file, as KakaoTalk for Windows exports it in Korean."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from itertools import groupby
from pathlib import Path
from random import Random

from training.samples.notation import Scene, read_scenes, read_words
from training.samples.staging import Decks, Spoken, Stage, can_play
from training.samples.year import Programme, days_of_year

_SCENES = Path(__file__).parent / "scenes"
_WORDS = _SCENES / "words.txt"
_ROOM = "초점 나간 사람들"
_SAVED = datetime(2026, 3, 1, 21, 40, 12)
_SEED = 20250301
# Messages a day: friends write more at weekends' eve and less on Mondays, and no two days are alike.
_BUSY_DAY, _SPREAD = (225, 243, 243, 261, 315, 270, 225), 153
_LONG_PAUSE = 15  # minutes
_WEEKDAYS = "월화수목금토일"
_NEWLINE = "\r\n"

_Entry = tuple[datetime, str | None, str]
"""When, who (None for a line of KakaoTalk itself), and the text."""


def all_scenes() -> tuple[Scene, ...]:
    """Every written scene, file by file in the order of their paths."""
    return tuple(scene for file in sorted(_SCENES.rglob("*.txt")) if file != _WORDS for scene in read_scenes(file))


@cache
def sample_room() -> bytes:
    """Return the room as a KakaoTalk export, always the same bytes; it takes two seconds."""
    random = Random(_SEED)
    stage = Stage(read_words(_WORDS), random, Decks(random))
    programme = Programme(all_scenes(), random)
    return _export(_entries(programme, stage, random))


def _entries(programme: Programme, stage: Stage, random: Random) -> Iterator[_Entry]:
    parts = [
        part
        for day in days_of_year()
        for begin, scene in _chosen(day, programme, random)
        for part in _parts(begin, stage.play(scene, day))
    ]
    clock = datetime.min
    for begin, spoken in sorted(parts, key=lambda part: part[0]):
        # Nobody begins a new subject while the last one is still being talked about.
        clock = max(begin, clock + timedelta(minutes=2))
        for line in spoken:
            clock += timedelta(minutes=line.minutes)
            yield clock, line.who, line.text


def _parts(begin: datetime, spoken: Sequence[Spoken]) -> Iterator[tuple[datetime, list[Spoken]]]:
    """Cut the scene at its long pauses, for others talk of other things meanwhile; each part with its beginning."""
    part: list[Spoken] = []
    clock = begin
    for line in spoken:
        clock += timedelta(minutes=line.minutes)
        if line.minutes >= _LONG_PAUSE and part:
            yield begin, part
            begin, part = clock, [replace(line, minutes=0)]
        else:
            part.append(line)
    if part:
        yield begin, part


def _chosen(day: date, programme: Programme, random: Random) -> list[tuple[datetime, Scene]]:
    wanted = _BUSY_DAY[day.weekday()] + random.randint(-_SPREAD, _SPREAD)
    chosen = list(programme.fixed(day))
    for scene in programme.free(day):
        if sum(len(scene.lines) for scene in chosen) >= wanted:
            break
        if can_play(scene, day):
            chosen.append(scene)
    return sorted(((programme.begin(scene, day), scene) for scene in chosen), key=lambda begun: begun[0])


def _export(entries: Iterable[_Entry]) -> bytes:
    """Return the file's bytes: UTF-8 without a mark, CRLF everywhere; ``entries`` are in the order of the room."""
    rows = [f"{_ROOM} 님과 카카오톡 대화", f"저장한 날짜 : {_SAVED:%Y-%m-%d %H:%M:%S}", "", *_days(entries), ""]
    return _NEWLINE.join(rows).replace(_NEWLINE, "\n").replace("\n", _NEWLINE).encode()


def _days(entries: Iterable[_Entry]) -> Iterator[str]:
    for day, of_day in groupby(entries, key=lambda entry: entry[0].date()):
        yield f"{'-' * 15} {day.year}년 {day.month}월 {day.day}일 {_WEEKDAYS[day.weekday()]}요일 {'-' * 15}"
        yield from map(_row, of_day)


def _row(entry: _Entry) -> str:
    when, who, text = entry
    return text if who is None else f"[{who}] [{_clock(when)}] {text}"


def _clock(when: datetime) -> str:
    return f"{'오전' if when.hour < 12 else '오후'} {when.hour % 12 or 12}:{when.minute:02}"
