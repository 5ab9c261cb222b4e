"""The card of a voice tells what its run has measured, in the room's language, and repeats nobody's message."""

import json
import string
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from tests.training.text.card.rooms import MEASURES, NEVER_SHOWN, REPORT, finished_run
from training.common.errors import RunError
from training.text.card import ChatFigures, en, ko, text_card
from training.text.corpus.corpus import read_corpus
from training.text.leaks.report import Exposure, Extracted, LeakReport, Said
from training.text.run import TextRun


@pytest.fixture
def run(tmp_path: Path) -> TextRun:
    """Return a finished run."""
    return finished_run(tmp_path)


def changed(run: TextRun, **report: Any) -> str:
    run.report.write_text(json.dumps(REPORT | report))
    return text_card(run, "ko").html()


def test_the_chat_is_counted_by_month_hour_and_person(run: TextRun) -> None:
    figures = ChatFigures.read(run.chat)
    assert figures.months == {"2025-03": 60, "2025-04": 0, "2025-05": 61}
    assert {hour: count for hour, count in enumerate(figures.hours) if count} == {12: 60, 21: 61}
    assert figures.people == {"윤혜": 61, "정훈": 40, "<b>다빈</b>": 20}


def test_titles_tell_what_was_found(run: TextRun) -> None:
    page = text_card(run, "ko").html()
    for finding in (
        "2025년 5월에 가장 많이 말했고, 하루 중에는 21시대가 가장 활발해요",
        "3번 가운데 2번째에 가장 잘 맞혀서",
        "단순한 통계보다 20% 덜 헷갈려요",
        "개인정보 1개를 지우고 배웠어요",
        "아직 재지 않았어요",
    ):
        assert finding in page
    assert "커피 마시러 가자" in page


def test_no_message_is_on_it_and_a_name_is_a_name(run: TextRun) -> None:
    page = text_card(run, "ko").html()
    assert NEVER_SHOWN not in page
    assert "010" not in page
    assert "&lt;b&gt;다빈&lt;/b&gt;" in page


def test_it_is_in_english_as_well(run: TextRun) -> None:
    page = text_card(run, "en").html()
    assert "You wrote most in May 2025" in page
    assert "20% less puzzled than plain statistics" in page


def test_a_voice_worse_than_counting_is_red(run: TextRun) -> None:
    worse = {"bigru": MEASURES | {"perplexity": 75.0}, "Kneser-Ney 4-gram": MEASURES | {"perplexity": 50.0}}
    page = changed(run, models=worse)
    assert "어색한 문장이 자주" in page
    assert '<section class="bad">' in page
    assert "단순한 통계보다 50% 더 헷갈려요" in page


def test_a_room_that_repeats_itself_is_not_told_to_add_messages(run: TextRun) -> None:
    worse = {"bigru": MEASURES | {"perplexity": 75.0}, "Kneser-Ney 4-gram": MEASURES | {"perplexity": 50.0}}
    page = changed(run, models=worse, repeated=0.9)
    assert "하던 말을 자주 하는 방" in page
    assert "더 넣어 주세요" not in page
    assert "어색한 문장이 자주" not in page
    assert '<section class="bad">' not in page


def test_a_voice_hardly_worse_than_counting_is_told_so_and_not_red(run: TextRun) -> None:
    page = changed(run, models={"bigru": MEASURES | {"perplexity": 51.5}, "4-gram": MEASURES | {"perplexity": 50.0}})
    assert "단순한 통계보다 3% 더 헷갈려요" in page
    assert 'class="bad"' not in page


def test_reactions_that_were_learnt_are_told_beside_the_most_frequent(run: TextRun) -> None:
    assert "이모지 달기" not in text_card(run, "ko").html()
    run.reactions.parent.mkdir()
    run.reactions.write_text(json.dumps({"metrics": {"balanced": 0.45, "chance": 0.08}, "is_better": True}))
    assert (
        "이 방이 단 이모지를 한 번에 45% 맞혀요 (종류마다 똑같이 칠 때, 가장 흔한 것만 찍으면 8%)"
        in text_card(run, "ko").html()
    )
    assert "reacting with an emoji (/emoji): goes into the bot" in text_card(run, "en").html()


def test_songs_that_were_learnt_are_told_beside_both_networks_and_what_three_say(run: TextRun) -> None:
    assert "/song" not in text_card(run, "en").html()
    run.songs.parent.mkdir()
    names = ("lstm-2", "gru-2", "shared 4-grams", "Kneser-Ney 4-gram")
    models = {name: {"loss": 1.0, "perplexity": 10.0 + place} for place, name in enumerate(names)}
    run.songs.write_text(json.dumps({"models": models, "metrics": {}, "is_better": True}))
    assert "노래 짓기 (/노래): 봇에 넣어요" in text_card(run, "ko").html()
    page = text_card(run, "en").html()
    assert "10.0 by an LSTM, 11.0 by a GRU of the same budget, 12.0 by what three people say" in page


@pytest.mark.parametrize(
    ("metrics", "told"),
    [
        ({"reach_days": 3, "mae": 1.5}, "off by 1.50 messages an hour (the same hour last week 2.50"),
        ({"reach_days": 0, "mae": 2.25}, "off by 2.00 messages; an LSTM, by 2.25, is no better"),
        ({"reach_days": 0}, "for more there is too little yet"),
    ],
    ids=["a network", "the mean", "a young room"],
)
def test_a_pulse_is_told_beside_what_needs_no_network(run: TextRun, metrics: dict[str, float], told: str) -> None:
    assert "/pulse" not in text_card(run, "en").html()
    run.pulse.parent.mkdir()
    others = {"mae_same_hour_last_week": 2.5, "mae_usual_week": 2.0} if "mae" in metrics else {}
    run.pulse.write_text(json.dumps({"metrics": metrics | others}))
    assert told in text_card(run, "en").html()
    assert "언제 떠들썩할지 알기 (/우리방)" in text_card(run, "ko").html()


def test_scenes_that_were_learnt_are_told_beside_the_same_network_without_context(run: TextRun) -> None:
    assert "장면 지어내기" not in text_card(run, "ko").html()
    run.scenes.parent.mkdir()
    metrics = {
        "perplexity_in_context": 25.0,
        "perplexity_alone": 28.5,
        "perplexity_after_another_conversation": 38.0,
    }
    run.scenes.write_text(json.dumps({"metrics": metrics, "context_helps": False}))
    assert "앞에 오간 말을 알 때 퍼플렉서티 25.0, 모를 때 28.5" in text_card(run, "ko").html()
    assert "inventing scenes (/scene): stays out of the bot" in text_card(run, "en").html()


def test_the_voice_before_is_compared_by_bits(run: TextRun) -> None:
    page = changed(run, previous={"bits_a_character": 5.0, "distinct_2": 0.7})
    assert "전의 목소리보다 50% 나아졌어요" in page
    assert "5.00비트" in page
    assert "<span>전의 목소리</span>" in page
    assert "<span>전의 목소리</span>" not in changed(run)


def leaks(run: TextRun, *, runs: int = 0, once: float = 1.4, said: bool = True) -> str:
    exposure = Exposure(13.0, 400, 3, 24, {"1": once, "4": 3.0, "16": 8.0}, {"1": 1.0, "4": 1.0, "16": 1.0})
    out = (Extracted(2_000, 0), Said(2_000, runs, 0, 5, 0)) if said else (None, None)
    LeakReport(None, exposure, *out).write(run.leaks)
    return text_card(run, "ko").html()


def test_what_the_voice_gives_away_is_told_and_red_where_anything_came_out(run: TextRun) -> None:
    page = leaks(run)
    assert "한 번 나온 비밀은 거의 못 외워요: 13비트 가운데 1.4비트" in page
    assert "<td>한 사람이 한 번 한 짧은 말</td><td>5</td><td>2,000</td>" in page
    assert 'class="bad"' not in page
    page = leaks(run, runs=3)
    assert "나오면 안 되는 말이 3번 나왔어요" in page
    assert page.count('class="bad"') == 2, "the section, and the number at the top"
    assert "조금 외워요: 13비트 가운데 4.0비트" in leaks(run, once=4.0)
    assert "내보낼 때 재요" in leaks(run, said=False)


def test_why_leaks_were_not_measured_is_said(run: TextRun) -> None:
    for why, sentence in (("skipped", "--no-leaks"), ("small", "너무 적어서")):
        LeakReport(why).write(run.leaks)
        page = text_card(run, "ko").html()
        assert "새어 나오는지는 아직 재지 않았어요" in page
        assert sentence in page


def test_what_it_can_do_besides_says_whether_it_goes_into_the_bot(run: TextRun) -> None:
    gaps = {"models": {"both": {"perplexity": 9.0}, "left": {"perplexity": 20.0}}, "is_better": True}
    page = changed(run, infilling=gaps)
    assert "빈칸 채우기 (/빈칸): 봇에 넣어요" in page
    assert "말하기만 배웠어요" in changed(run)


def test_a_room_without_times_or_names_has_a_card_too(run: TextRun, tmp_path: Path) -> None:
    (tmp_path / "plain.txt").write_text("\n".join(f"밥 먹자 {number}" for number in range(60)), encoding="utf-8")
    ChatFigures.of(read_corpus([tmp_path / "plain.txt"])).write(run.chat)
    assert "파일에 시각이 없어서" in text_card(run, "ko").html()


def test_the_card_is_in_the_rooms_language(tmp_path: Path) -> None:
    for text, language in (("밥 먹자", "ko"), ("let us eat", "en")):
        (tmp_path / "chat.txt").write_text("\n".join([text] * 60), encoding="utf-8")
        assert ChatFigures.of(read_corpus([tmp_path / "chat.txt"])).language == language


def test_a_damaged_run_is_named(run: TextRun) -> None:
    run.chat.write_text('{"months": {}}')
    with pytest.raises(RunError, match=r"chat\.json is damaged"):
        text_card(run, "ko")


@pytest.mark.parametrize("name", [field.name for field in fields(ko.TEXTS)])
def test_both_languages_fill_in_the_same(name: str) -> None:
    korean, english = getattr(ko.TEXTS, name), getattr(en.TEXTS, name)
    if isinstance(korean, str) and name != "month":
        parts = [{part[1] for part in string.Formatter().parse(text) if part[1]} for text in (korean, english)]
        assert parts[0] == parts[1]
