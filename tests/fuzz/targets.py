"""What reads bytes from anybody: each either takes them or refuses them with its own error; anything else is a find.

That is what people type, upload and press, what a bundle consists of, and the files that owners give.

Each target is a function of bytes with some that it takes, from which others are made.
"""

import io
import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import icalendar
import numpy as np

from bot.bundle import BEGIN, SPECIALS, BundleError, Direction, Directions, Manifest, Tokenizer, VerbatimFilter
from bot.bundle.exchanges import Exchanges
from bot.bundle.manifest import parsed
from bot.bundle.pulse import PulseCounts
from bot.bundle.styles import Style, open_styles, styles_to_json
from bot.default_bundle import DEMO_BUNDLE
from bot.errors import OwnerError
from bot.features.birthday.calendar.hours import read_hour
from bot.features.birthday.calendar.parsing import read_date
from bot.features.birthday.calendar.rules import Solar
from bot.features.birthday.errors import BirthdayError
from bot.features.birthday.exchange.csv_file import example, read_sheet, write_sheet
from bot.features.birthday.exchange.ics import Event, calendar_of
from bot.features.birthday.text.template import Template
from bot.features.buttons import StatefulItem
from bot.features.dream import request as dream
from bot.features.face import request as face
from bot.features.face.lookup import named_attribute
from bot.features.face.photo_request import PHOTO_ID, PHOTO_MENU, PhotoRequest
from bot.features.fill.request import Request as FillRequest
from bot.features.pulse.request import Request as PulseRequest
from bot.features.registry import FEATURES
from bot.features.reply import request as reply
from bot.features.say.request import Request as SayRequest
from bot.features.scene import request as scene
from bot.features.scene.formatting import turns_of
from bot.features.song import request as song
from bot.features.song.formatting import song_in, text_of
from bot.features.style.lookup import matching, named
from bot.features.style.request import STYLE_ID, STYLE_MENU, StyleRequest
from bot.features.teach.names import checked_name
from bot.groups.settings import GroupSettings, read_settings
from bot.i18n import UserFacingError
from bot.inference.mixture import NgramTable
from bot.inference.picker import read_lines
from bot.inference.reactions import ReactionClasses
from bot.inference.speaker import Utterance
from bot.markdown import escaped, unescaped
from bot.photos import Located, PhotoError, faces_of, jpeg, png, read, with_faces
from bot.remote.calls import Call, OtherVersion, WrongCall, packed
from owner.errors import StepError
from owner.uploads import Uploads
from training.common.errors import ChatError
from training.faces.data.labels import LabelError, read_labels
from training.samples.room import sample_room
from training.text.cleaning.cleaner import Cleaner
from training.text.consent.people_file import read_people
from training.text.consent.withdrawals import read_withdrawals
from training.text.corpus.corpus import read_corpus
from training.text.song.lyrics import Lyrics

TODAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, tzinfo=UTC)
ATTRIBUTES = ("Smiling", "Male")
STYLES = (Style("waves", {"ko": "파도", "en": "Waves"}), Style("night", {"ko": "별밤", "en": "Night sky"}))


@dataclass(frozen=True, slots=True)
class Target:
    """What is tried, what it takes, and the errors by which it may refuse."""

    read: Callable[[bytes], object]
    examples: Callable[[], Sequence[bytes]]
    refusals: tuple[type[Exception], ...] = ()

    def __call__(self, data: bytes) -> None:
        """Try some bytes; what is raised is a find."""
        with suppress(*self.refusals):
            self.read(data)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="dantok-fuzz-")


def _written(data: bytes, name: str) -> Path:
    path = Path(_folder().name) / name
    path.write_bytes(data)
    return path


def _demo(name: str) -> Callable[[], Sequence[bytes]]:
    return lambda: [(DEMO_BUNDLE / name).read_bytes()]


@cache
def _tokenizer() -> Tokenizer:
    return Tokenizer.open(DEMO_BUNDLE / "tokenizer.json")


def _split(data: bytes) -> None:
    ids = _tokenizer().encode(_text(data))
    assert isinstance(_tokenizer().decode(ids), str)


def _mark(data: bytes) -> None:
    text = _text(data)
    assert unescaped(escaped(text)) == text


def _date(data: bytes) -> None:
    read_date(_text(data), TODAY)


@cache
def _families() -> tuple[type[StatefulItem], ...]:
    """Return the buttons and menus of all features."""
    assert FEATURES, "they are imported"
    kinds, found = [StatefulItem], list[type[StatefulItem]]()
    for kind in kinds:
        kinds += kind.__subclasses__()
        found += [kind] if kind.__module__.startswith("bot.features.") and not kind.__subclasses__() else []
    return tuple(found)


_BY_SHAPE: Sequence[tuple[re.Pattern[str], Callable[[re.Match[str]], object]]] = (
    (PHOTO_ID, lambda match: PhotoRequest.of_button(match, ATTRIBUTES)),
    (PHOTO_MENU, lambda match: PhotoRequest.of_button(match, ATTRIBUTES)),
    (face.CUSTOM_ID, face.Request.of_button),
    (STYLE_ID, lambda match: StyleRequest.of_button(match, ("waves", "night"))),
    (STYLE_MENU, lambda match: StyleRequest.of_button(match, ("waves", "night"))),
    (dream.CUSTOM_ID, lambda match: dream.after(dream.of_button(match), match["act"])),
)
"""What reads a custom id that its pattern has taken; the others take any of their family and refuse by themselves."""
_BY_FAMILY: Sequence[Callable[[str], object]] = (
    SayRequest.of_button,
    FillRequest.of_button,
    scene.Request.of_button,
    scene.temperature_of,
    song.seed_of_button,
    reply.of_button,
    PulseRequest.of_button,
)


def _button(data: bytes) -> None:
    text = _text(data)
    those = [family for family in _families() if family.__discord_ui_compiled_template__.fullmatch(text)]
    assert len(those) <= 1, f"{text!r} belongs to {those}"
    for shape, reads in _BY_SHAPE:
        if match := shape.fullmatch(text):
            with suppress(LookupError):
                reads(match)
    for of_button in _BY_FAMILY:
        with suppress(UserFacingError):
            of_button(text)


def _typed(data: bytes) -> None:
    text = _text(data)
    named_attribute(text, ATTRIBUTES)
    named(text, STYLES)
    matching(text, STYLES)
    for takes in (
        lambda: SayRequest.typed(text, None, 0.8, None),
        lambda: FillRequest.checked(text, 0.8),
        lambda: scene.Request.typed(text, None, 0.8, None),
        lambda: song.Request.checked(text, None, None),
        lambda: checked_name(text, {"비밀 이야기", text[:9]}),
    ):
        with suppress(UserFacingError):
            takes()


def _message(data: bytes) -> None:
    """Read a message of our own again, whatever became of it; what was read as a song reads the same once more."""
    text = _text(data)
    turns_of(text)
    read_song = song_in(text, 7)
    if read_song is not None:
        assert song_in(text_of(read_song), 7) is not None


def _reactions(data: bytes) -> None:
    ReactionClasses.from_dict(parsed(_text(data)))


def _sheet(data: bytes) -> None:
    entries = [*read_sheet(data, TODAY).entries.values()]
    again = [*read_sheet(write_sheet(entries), TODAY).entries.values()]
    assert again == entries, (again, entries)


def _calendar(data: bytes) -> None:
    """Read a calendar file again in which somebody is called anything."""
    written = calendar_of([Event("a@b", _text(data), Solar(3, 5))], _text(data), NOW, TODAY)
    (event,) = icalendar.Calendar.from_ical(written).walk("VEVENT")
    assert set(event) == {"UID", "DTSTART", "DTEND", "SUMMARY", "TRANSP", "RRULE", "DTSTAMP"}


def _clean(data: bytes) -> None:
    assert isinstance(Cleaner().clean(_text(data)), str)


def _photos() -> list[bytes]:
    picture = np.random.default_rng(7).integers(0, 255, (24, 32, 3), np.uint8)
    photo = jpeg(picture)
    return [photo, png(picture), with_faces(photo, (Located((3.0, 4.0), (9.0, 4.0)),))]


def _photo(data: bytes) -> None:
    faces_of(data)
    read(data)


def _exports() -> list[bytes]:
    head = "\n".join(sample_room().decode().splitlines()[:12])
    whatsapp = "[2024. 3. 5. 오후 9:03:10] 윤혜: 밥 먹었어?\n[2024. 3. 5. 오후 9:03:12] 다빈: 아니 <수정된 메시지>\n"
    discord = '{"guild":{"name":"g"},"channel":{"name":"c"},"messages":[{"id":"1","type":"Default","timestamp":'
    discord += '"2024-03-05T21:03:10+09:00","content":"밥","author":{"id":"2","name":"윤혜"}}]}'
    telegram = '{"name":"g","type":"private_group","messages":[{"id":1,"type":"message","date":"2024-03-05T21:03:10",'
    telegram += '"date_unixtime":"1709640190","from":"윤혜","from_id":"user1","text":"밥"}]}'
    return [text.encode() for text in (head, whatsapp, discord, telegram, "밥 먹자\n오늘 뭐 해\n")]


_SAYING = Call("speaker", "saying", {"word": "밥", "n": 4, "temperature": 0.8, "seed": 3, "refused": frozenset({"술"})})
_FALLING = Call("dreamer", "falling", {})


def _results() -> list[bytes]:
    said = Utterance("밥 먹자", ("밥", "먹자"), 3, (), -1.5, -0.25)
    return [packed({"result": said}), packed({"result": [np.zeros((2, 4, 3), np.uint8)] * 2})]


def _result(data: bytes) -> None:
    for call in (_SAYING, _FALLING):
        with suppress(WrongCall):
            call.result(data)


def _zip() -> list[bytes]:
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr("trip/윤혜.jpg", b"one" * 40)
        archive.writestr("../b.png", b"two")
    return [stream.getvalue()]


def _unpack(data: bytes) -> None:
    place = Path(_folder().name) / "photos"
    uploads = Uploads(place, frozenset({".jpg", ".png"}))
    try:
        uploads.add("some.zip", io.BytesIO(data))
    finally:
        assert all(file.resolve().parent == place.resolve() for file in place.iterdir())
        uploads.clear()


_BUTTONS = (
    *("face:p:5+:1:0a1b2c:more", "face:p:5:3::faces", "face:Smiling:vae:7:1.5:5+:more", "dream:waves:2:more"),
    *("style:5+:0a1b:75:k:more", "style:5:0a1b2c3d:100:p:pick1", "fill:0.8:오늘 ___ 먹자", "say:5:0.8:밥"),
    *("say:=윤혜:5:0.8:밥", "scene:6:0.8:밥", "scene-on:0.8", "song:7", "reply:밥 먹었어?", "pulse:year:2025"),
    *("birthday:join:0a1b", "blocklist:0", "teach:0", "privacy:forget:5", "group:choose", "about:made", "what:show"),
)
_SONG = "**♪ 밥**\n밥을 먹자\n오늘도\n> 밥 밥 밥\n\n내일도\n> 밥 밥 밥\n-# 🎲 7 · 지어낸 노래예요"


TARGETS: Mapping[str, Target] = {
    "exports": Target(lambda data: read_corpus([_written(data, "export")]), _exports, (ChatError,)),
    "cleaning": Target(_clean, lambda: ["제 번호는 010-2345-6789, 비번 q1w2 https://a.kr".encode()]),
    "tokenizer": Target(_split, lambda: ["오늘 밥 먹자 ㅋㅋㅋ".encode()]),
    "tokenizer.json": Target(
        lambda data: Tokenizer.open(_written(data, "tokenizer.json")),
        lambda: [Tokenizer([*SPECIALS, f"{BEGIN}a", "b"], [1] * (len(SPECIALS) + 2)).to_json().encode()],
        (BundleError,),
    ),
    "manifest": Target(lambda data: Manifest.from_json(_text(data)), _demo("manifest.json"), (BundleError,)),
    "directions": Target(
        lambda data: Directions.from_json(_text(data)),
        lambda: [Directions(2, {"Smiling": Direction((0.6, 0.8), 1.0, {"flips_2": 0.9})}).to_json().encode()],
        (BundleError,),
    ),
    "verbatim": Target(
        lambda data: VerbatimFilter.open(_written(data, "verbatim.bin")), _demo("verbatim.bin"), (BundleError,)
    ),
    "ngrams": Target(
        lambda data: NgramTable.open(_written(data, "ngrams.bin"), len(_tokenizer())),
        _demo("ngrams.bin"),
        (BundleError,),
    ),
    "labels": Target(
        lambda data: read_labels(_written(data, "labels.csv"), ["a.jpg", "b.jpg"]),
        lambda: [b"file,Smiling\na.jpg,1\nb.jpg,-1\n", b"2\nSmiling Male\na.jpg  1 -1\nb.jpg -1 1\n"],
        (LabelError,),
    ),
    "sheet": Target(_sheet, lambda: [example(), b"name,birthday\n=HYPERLINK(1),3/5\n"], (BirthdayError,)),
    "calendar": Target(_calendar, lambda: ["윤혜, 생일; \\n축하\r\nBEGIN:VEVENT".encode()]),
    "date": Target(
        _date, lambda: ["음력 2000년 윤5월 3일생".encode(), b"5th of March 99", b"1/2/2000 09:00"], (BirthdayError,)
    ),
    "hour": Target(lambda data: read_hour(_text(data)), lambda: ["오후 9시 반".encode(), b"9:30 pm"], (BirthdayError,)),
    "template": Target(
        lambda data: Template.checked(_text(data)),
        lambda: ["{이름} 생일 축하해 {나이}".encode(), b"{name} {{x}}"],
        (BirthdayError,),
    ),
    "call": Target(Call.unpacked, lambda: [_SAYING.packed(deferred=False)], (WrongCall, OtherVersion)),
    "result": Target(_result, _results),
    "photos.zip": Target(_unpack, _zip, (StepError,)),
    "photo": Target(_photo, _photos, (PhotoError,)),
    "button": Target(_button, lambda: [text.encode() for text in _BUTTONS]),
    "option": Target(_typed, lambda: ["윤혜 5".encode(), "웃음".encode(), "밥 ___ 먹자".encode()]),
    "message": Target(_message, lambda: [_SONG.encode(), "**A** 밥 먹자\n**B** 그래 \\*\n-# 🎲 7".encode()]),
    "markdown": Target(_mark, lambda: ["**굵게** `x` <@5> 1. 하나".encode()]),
    "styles.json": Target(
        lambda data: open_styles(_written(data, "styles.json"), 2),
        lambda: [styles_to_json(STYLES).encode()],
        (BundleError,),
    ),
    "pulse.json": Target(
        lambda data: PulseCounts.open(_written(data, "pulse.json")), _demo("pulse.json"), (BundleError,)
    ),
    "reactions.json": Target(_reactions, _demo("reactions.json"), (ValueError, KeyError, TypeError, OverflowError)),
    "exchanges.json": Target(
        lambda data: Exchanges.read(_written(data, "exchanges.json"), 2),
        lambda: ['{"more":["밥 먹자","ㅋㅋ"],"answers":[[0,3],[2,1]]}'.encode()],
        (BundleError,),
    ),
    "lines.json": Target(
        lambda data: read_lines(_written(data, "lines.json")), lambda: ['["밥 먹자","ㅋㅋ"]'.encode()], (BundleError,)
    ),
    "group.toml": Target(
        lambda data: read_settings(_written(data, "5.toml"), GroupSettings()),
        lambda: [b'temperature = 1.2\nface_buttons = "asker"\n'],
        (OwnerError,),
    ),
    "people.toml": Target(
        lambda data: read_people(_written(data, "people.toml")),
        lambda: ['[[person]]\nname = "윤혜"\naliases = ["a"]\nmessages = 5\nconsent = "yes"\ndiscord = "7"\n'.encode()],
        (ChatError,),
    ),
    "withdrawals": Target(
        lambda data: read_withdrawals(_written(data, "withdrawals.tsv")),
        lambda: ["123456789012345678\t2026-03-05\t윤혜\n다빈\n".encode()],
        (ChatError,),
    ),
    "lyrics": Target(
        lambda data: Lyrics.read([_written(data, "lyrics.txt")]),
        lambda: ["밥을 먹자\n오늘도\n\n내일도\n".encode()],
        (ChatError,),
    ),
}
