"""Everything a member may read about birthdays is there in both languages, with the same gaps to fill."""

from datetime import date, time

import pytest

from bot.features.birthday.calendar.ages import AgeStyle
from bot.features.birthday.calendar.hours import HourError, read_hour
from bot.features.birthday.calendar.rules import Note
from bot.features.birthday.errors import Reason
from bot.features.birthday.model import About, DigestRhythm, Refusal
from bot.features.birthday.text import formatting
from bot.features.birthday.texts import BirthdayTexts
from bot.i18n import LANGUAGES, texts_for

KOREAN, ENGLISH = (texts_for(BirthdayTexts, locale) for locale in ("ko", "en-US"))
ALL = [texts_for(BirthdayTexts, language) for language in LANGUAGES]
KEYS = {
    "reasons": Reason,
    "refusals": Refusal,
    "notes": Note,
    "ages_set": AgeStyle,
    "check_ages": AgeStyle,
    "digest_set": DigestRhythm,
    "check_digest": DigestRhythm,
    "notices": (About.CHANNEL, About.ROLE, About.MISSED),
}


@pytest.mark.parametrize("texts", ALL)
@pytest.mark.parametrize("name", KEYS)
def test_every_one_is_worded(texts: BirthdayTexts, name: str) -> None:
    assert set(getattr(texts, name)) == {each.value for each in KEYS[name]}


@pytest.mark.parametrize("texts", ALL)
def test_a_refusal_fills_every_gap_and_what_was_typed_does_nothing(texts: BirthdayTexts) -> None:
    names = "month day most year has first last zone length limit placeholder particle text found row name user zones"
    values = dict.fromkeys(names.split(), "**@everyone** <@1>") | {"date": date(2027, 3, 5)}
    for reason in Reason:
        said = formatting.reason(reason, values, texts)
        assert said
        assert "**" not in said.replace("\\*", "")
        assert "<@1>" not in said


def test_what_was_typed_has_the_particle_that_fits() -> None:
    said = [formatting.reason(Reason.NOBODY_CALLED, {"name": name}, KOREAN) for name in ("다빈", "윤혜")]
    assert "‘다빈’이라는 사람이" in said[0]
    assert "‘윤혜’라는 사람이" in said[1]


def test_the_korean_of_a_day_has_its_weekday() -> None:
    assert formatting.day(date(2027, 3, 5), KOREAN) == "2027년 3월 5일(금)"
    assert formatting.day(date(2027, 3, 5), ENGLISH) == "Fri, March 5, 2027"


@pytest.mark.parametrize(
    ("typed", "hour"),
    [
        ("9", time(9)),
        ("09:05", time(9, 5)),
        ("９：３０", time(9, 30)),
        ("9시 반", time(9, 30)),
        ("오전 12시", time(0)),
        ("오후 12시 5분", time(12, 5)),
        ("12am", time(0)),
        ("3 p.m.", time(15)),
        ("정오", time(12)),
        ("자정", time(0)),
        ("23:59", time(23, 59)),
    ],
)
def test_hours_are_read_as_people_write_them(typed: str, hour: time) -> None:
    assert read_hour(typed) == hour


@pytest.mark.parametrize("typed", ["", "24:00", "9:60", "오후 0시", "13pm", "점심", "9:00:00", "-1"])
def test_an_hour_that_cannot_be_is_refused(typed: str) -> None:
    with pytest.raises(HourError):
        read_hour(typed)
