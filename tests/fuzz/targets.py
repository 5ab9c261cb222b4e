"""What reads bytes from anybody: each either takes them or refuses them with its own error; anything else is a find.

Each target is a function of bytes with some that it takes, from which others are made.
"""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

from bot.bundle import BEGIN, SPECIALS, BundleError, Direction, Directions, Manifest, Tokenizer, VerbatimFilter
from bot.default_bundle import DEMO_BUNDLE
from bot.features.birthday.calendar.hours import read_hour
from bot.features.birthday.calendar.parsing import read_date
from bot.features.birthday.errors import BirthdayError
from bot.features.birthday.exchange.csv_file import example, read_sheet
from bot.features.birthday.text.template import Template
from bot.features.face.lookup import named_attribute
from bot.features.face.photo_request import PHOTO_ID, PhotoRequest
from bot.features.fill.request import Request as FillRequest
from bot.features.say.request import Request as SayRequest
from bot.i18n import UserFacingError
from bot.inference.mixture import NgramTable
from bot.markdown import plain, shown
from bot.photos import Located, PhotoError, faces_of, jpeg, png, read, with_faces
from training.common.errors import ChatError
from training.faces.data.labels import LabelError, read_labels
from training.text.cleaning.cleaner import Cleaner
from training.text.corpus.corpus import read_corpus

TODAY = date(2026, 11, 26)
_ROOM = Path("training/samples/KakaoTalk_Chats.txt")


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
    assert shown(plain(text)) == text


def _date(data: bytes) -> None:
    read_date(_text(data), TODAY)


def _button(data: bytes) -> None:
    text = _text(data)
    if match := PHOTO_ID.fullmatch(text):
        with suppress(LookupError):
            PhotoRequest.of_button(match, ("Smiling", "Male"))
    for kind in (SayRequest, FillRequest):
        with suppress(UserFacingError, LookupError):
            kind.of_button(text)


def _typed(data: bytes) -> None:
    text = _text(data)
    named_attribute(text, ("Smiling", "Male"))
    with suppress(UserFacingError):
        SayRequest.typed(text, None, 0.8, None)


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
    head = "\n".join(_ROOM.read_text(encoding="utf-8").splitlines()[:12])
    whatsapp = "[2024. 3. 5. 오후 9:03:10] 윤혜: 밥 먹었어?\n[2024. 3. 5. 오후 9:03:12] 다빈: 아니 <수정된 메시지>\n"
    discord = '{"guild":{"name":"g"},"channel":{"name":"c"},"messages":[{"id":"1","type":"Default","timestamp":'
    discord += '"2024-03-05T21:03:10+09:00","content":"밥","author":{"id":"2","name":"윤혜"}}]}'
    telegram = '{"name":"g","type":"private_group","messages":[{"id":1,"type":"message","date":"2024-03-05T21:03:10",'
    telegram += '"date_unixtime":"1709640190","from":"윤혜","from_id":"user1","text":"밥"}]}'
    return [text.encode() for text in (head, whatsapp, discord, telegram, "밥 먹자\n오늘 뭐 해\n")]


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
    "sheet": Target(lambda data: read_sheet(data, TODAY), lambda: [example()], (BirthdayError,)),
    "date": Target(
        _date, lambda: ["음력 2000년 윤5월 3일생".encode(), b"5th of March 99", b"1/2/2000 09:00"], (BirthdayError,)
    ),
    "hour": Target(lambda data: read_hour(_text(data)), lambda: ["오후 9시 반".encode(), b"9:30 pm"], (BirthdayError,)),
    "template": Target(
        lambda data: Template.checked(_text(data)),
        lambda: ["{이름} 생일 축하해 {나이}".encode(), b"{name} {{x}}"],
        (BirthdayError,),
    ),
    "photo": Target(_photo, _photos, (PhotoError,)),
    "button": Target(
        _button, lambda: [b"face:p:5+:1:0a1b2c:more", "say:5:0.8:밥".encode(), "fill:0.8:오늘 ___ 먹자".encode()]
    ),
    "option": Target(_typed, lambda: ["윤혜 5".encode(), "웃음".encode()]),
    "markdown": Target(_mark, lambda: ["**굵게** `x` <@5> 1. 하나".encode()]),
}
