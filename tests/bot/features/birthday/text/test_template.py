"""A group's own wish."""

from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.features.birthday.calendar.rules import Lunar, Occurrence, Rule, Solar, occurrences
from bot.features.birthday.errors import Reason
from bot.features.birthday.text import formatting
from bot.features.birthday.text.template import (
    LONGEST,
    Template,
    TemplateError,
    TemplateValues,
    previews,
    spellings,
    template_for,
)
from bot.features.birthday.texts import BirthdayTexts
from bot.i18n import LANGUAGES, texts_for

YUNHYE = TemplateValues(("윤혜",), "<@1>", "27살", "3월 5일", "우리 단톡")
DABIN = TemplateValues(("다빈",), "<@2>")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{이름:아/야} 생일 축하해!", "윤혜야 생일 축하해!"),
        ("오늘은 {이름}의 생일", "오늘은 윤혜의 생일"),
        ("{이름:은/는} {나이:이/가} 됐어", "윤혜는 27살이 됐어"),
        ("{날짜}, {서버}, {멘션:아/야}", "3월 5일, 우리 단톡, <@1>야"),
        ("{name}, {Age}, { 날짜 : 으로/로 }", "윤혜, 27살, 3월 5일로"),
        ("{{이름}} {이름} }", "{이름} 윤혜 }"),
        ("첫 줄\n{이름}", "첫 줄\n윤혜"),
    ],
)
def test_placeholders_become_what_they_stand_for(text: str, message: str) -> None:
    assert Template.checked(text).filled(YUNHYE) == message


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_spells_every_placeholder_and_names_them_to_who_misspells_one(language: str) -> None:
    texts = texts_for(BirthdayTexts, language)
    assert texts.placeholders.keys() == {field.name for field in fields(TemplateValues)}
    sentence = formatting.reason(Reason.UNKNOWN_PLACEHOLDER, {"placeholder": "?"}, texts)
    assert all(f"{{{spelling}}}" in sentence for spelling in texts.placeholders.values())


def test_what_is_not_known_is_left_out_with_its_particle_and_its_blank() -> None:
    template = Template.checked("{이름:이/가} {나이:이/가} 됐어 {서버}")
    assert template.filled(DABIN) == "다빈이 됐어"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{이름:아/야} 축하해", "윤혜야, 다빈아 축하해"),
        ("{이름:은/는} 오늘 생일", "윤혜, 다빈은 오늘 생일"),
        ("{멘션:을/를} 축하하자", "<@1> <@2>을 축하하자"),
    ],
)
def test_several_on_one_day_are_all_named(text: str, message: str) -> None:
    both = TemplateValues(("윤혜", "다빈"), "<@1> <@2>")
    assert Template.checked(text).filled(both) == message


@pytest.mark.parametrize(
    ("text", "reason", "values"),
    [
        ("{이룸} 축하해", Reason.UNKNOWN_PLACEHOLDER, {"placeholder": "이룸"}),
        ("{}", Reason.UNKNOWN_PLACEHOLDER, {"placeholder": ""}),
        ("{이름.__class__}", Reason.UNKNOWN_PLACEHOLDER, {"placeholder": "이름.__class__"}),
        ("{이름:은/을}", Reason.UNKNOWN_PARTICLE, {"particle": "은/을"}),
        ("축하 {이름 해", Reason.UNCLOSED_PLACEHOLDER, {"text": "{이름 해"}),
        ("  \n", Reason.TEMPLATE_EMPTY, {}),
        ("가" * 3000, Reason.TEMPLATE_TOO_LONG, {"length": 3000, "limit": LONGEST}),
    ],
)
def test_a_template_that_cannot_be_used_says_what_is_wrong(
    text: str, reason: Reason, values: dict[str, int | str]
) -> None:
    with pytest.raises(TemplateError) as refused:
        Template.checked(text)
    assert (refused.value.reason, refused.value.values) == (reason, values)


def test_what_a_name_says_is_not_taken_for_a_placeholder() -> None:
    assert Template.checked("{이름} 축하").filled(TemplateValues(("{나이}\\1",), age="27살")) == "{나이}\\1 축하"


@settings(deadline=None)
@given(st.text(max_size=40), st.sampled_from(sorted(spellings())), st.text(max_size=40))
def test_whatever_is_accepted_can_be_filled(before: str, placeholder: str, after: str) -> None:
    try:
        template = Template.checked(f"{before}{{{placeholder}}}{after}")
    except TemplateError:
        return
    assert isinstance(template.filled(YUNHYE), str)
    assert isinstance(template.filled(TemplateValues(())), str)


def test_a_message_never_gets_too_long_for_discord() -> None:
    crowd = TemplateValues(tuple(["가" * 32] * 100))
    assert len(Template.checked("{이름} {이름}").filled(crowd)) == 2000


def test_a_preview_shows_the_particles_after_other_names_too() -> None:
    assert previews("{이름:은/는} {나이}", YUNHYE, "다빈", "Tom") == ("윤혜는 27살", "다빈은 27살", "Tom은 27살")
    with pytest.raises(TemplateError):
        previews("{몰라}", YUNHYE)


@pytest.mark.parametrize("rule", [Solar(3, 5), Lunar(12, 1)])
def test_templates_take_turns_from_year_to_year(rule: Rule) -> None:
    seen = [template_for("abc", each, 42) for each in occurrences(rule, date(2026, 1, 1), date(2035, 12, 31))]
    assert all(set(seen[start : start + 3]) == set("abc") for start in range(len(seen) - 2))


def test_people_do_not_all_get_the_same_template_and_each_always_the_same_for_a_day() -> None:
    occurrence = Occurrence("2027", date(2027, 3, 5))
    snowflakes = [1_000_000_000_000_000_000 + (step << 22) for step in range(300)]
    seen = [template_for("ab", occurrence, whose) for whose in snowflakes]
    assert 100 < seen.count("a") < 200
    assert template_for("abcde", occurrence, 42) == "abcde"[(2027 + 841265288) % 5]


def test_there_must_be_a_template_to_take_turns_with() -> None:
    with pytest.raises(ValueError, match="no template"):
        template_for([], Occurrence("2027", date(2027, 3, 5)), 1)


@pytest.mark.parametrize(
    ("text", "known", "unknown"),
    [
        ("축하해[, 오늘로 {나이}]!", "축하해, 오늘로 27살!", "축하해!"),
        ("[{age} today! ]{name}", "27살 today! 윤혜", "윤혜"),
        ("[{나이:이/가} 됐네] [{나이} 축하]", "27살이 됐네 27살 축하", ""),
        ("[공지] {이름} [{날짜}] {나이}", "[공지] 윤혜 [3월 5일] 27살", "[공지] 윤혜 [3월 5일]"),
        ("[{{나이}}] {이름}", "[{나이}] 윤혜", "[{나이}] 윤혜"),
        ("[가 {이름}", "[가 윤혜", "[가 윤혜"),
    ],
)
def test_a_part_in_brackets_goes_with_the_age_that_is_not_known(text: str, known: str, unknown: str) -> None:
    template = Template.checked(text)
    assert template.filled(TemplateValues(("윤혜",), age="27살", date="3월 5일")) == known
    assert template.filled(TemplateValues(("윤혜",), date="3월 5일")) == unknown


@pytest.mark.parametrize("text", ["[{나이}", "{나이}]", "[[{나이}]", "[{나이}] ]"])
def test_a_bracket_without_its_pair_beside_an_age_is_refused(text: str) -> None:
    with pytest.raises(TemplateError) as refused:
        Template.checked(text)
    assert refused.value.reason is Reason.UNCLOSED_PART
