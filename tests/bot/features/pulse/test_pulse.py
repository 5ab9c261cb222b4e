"""``/pulse`` as members use it: through the real client and the wire, in a playground."""

import io
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from bot.bundle.pulse import PulseCounts
from playground import Answer, Playground
from tests.bot.pulses import END, add_pulse, counts

Start = Callable[..., AbstractAsyncContextManager[Playground]]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory, write_bundle: Callable[..., Path]) -> Path:
    return add_pulse(write_bundle(tmp_path_factory.mktemp("bundles") / "bundle"))


@pytest.fixture
def started(plain: Path, tmp_path: Path, play: Callable[..., Any], turned: Callable[..., Any]) -> Start:
    """Start a bot on Thursday, 19 November 2026, at noon, whose bundle has counted so much."""

    @asynccontextmanager
    async def start(counted: PulseCounts | None = None, **more: Any) -> AsyncIterator[Playground]:
        folder = plain
        if counted or more:
            folder = shutil.copytree(plain, tmp_path / "bundle", dirs_exist_ok=True)
            add_pulse(folder, counted, **more)
        async with Playground() as playground, play(playground, folder, clock=turned()):
            yield playground
            assert playground.unknown_routes == []

    return start


def picture_of(playground: Playground, answer: Answer) -> np.ndarray:
    (file,) = answer.attachments
    kept = playground.world.attachments.get(file["id"])
    assert kept
    return np.asarray(Image.open(io.BytesIO(kept[1])).convert("RGB")).astype(int)


async def test_the_liveliest_hour_of_the_next_day_is_said_and_drawn(started: Start) -> None:
    async with started() as playground:
        answer = await playground.command("/우리방")
        assert answer.content.startswith("오늘 밤 10시쯤 떠들썩할 것 같아요.")
        assert not answer.ephemeral
        drawn = picture_of(playground, answer)
        assert drawn.shape[1] > drawn.shape[0] > 500
        highest = (np.abs(drawn - (245, 184, 61)).sum(axis=2) < 30).nonzero()[1]
        # 22 o'clock is the eleventh of 24 hours, from noon on.
        assert 10 / 24 < (highest.mean() - 60) / (1076 - 60) < 11 / 24
        english = await playground.command("/pulse", locale="en-US", channel="dm")
        assert english.content.startswith("It should get lively around 10 pm today.")


async def test_what_it_is_and_how_old_is_said_below(started: Start) -> None:
    async with started(counts(end=END - timedelta(days=200))) as playground:
        small = (await playground.command("/우리방")).content.splitlines()[-1]
        assert "지난 52주의 요일·시간 평균이에요" in small
        assert "2026년 5월 3일까지의 대화를 센 거예요(6달 전)" in small
        assert "LSTM" not in small
    async with started(counts(reach=1)) as playground:
        small = (await playground.command("/우리방")).content.splitlines()[-1]
        assert "LSTM" in small
        assert "(오늘)" in small
    async with started(counts(reach=1, end=END - timedelta(days=3))) as playground:
        small = (await playground.command("/우리방")).content.splitlines()[-1]
        assert "그 뒤의 일은 몰라서, 평소 한 주의 모습이에요" in small
        assert "3일 전" in small
        assert "LSTM" not in small


async def test_more_than_usual_is_said_where_a_network_expects_it(started: Start) -> None:
    async with started(counts(reach=1)) as playground:
        assert "평소보다 말이 많을 것 같고요." in (await playground.command("/우리방")).content
    async with started() as playground:
        assert "평소보다" not in (await playground.command("/우리방")).content


async def test_a_quiet_room_is_called_quiet(started: Start) -> None:
    week = np.linspace(0.01, 0.3, 168, dtype=np.float32)
    async with started(week=week) as playground:
        assert "조용할 것 같아요" in (await playground.command("/우리방")).content


async def test_a_week_and_a_year_are_shown_where_the_buttons_are_pressed(started: Start) -> None:
    async with started() as playground:
        day = await playground.command("/우리방")
        week = await playground.press(day, "한 주", member="정훈")
        assert week.message["id"] == day.message["id"]
        assert "앞으로 한 주는 토요일 밤 9시쯤 제일 떠들썩할 것 같아요." in week.content
        year = await playground.press(week, "결산")
        assert year.content.startswith("**2025년 우리 방 결산**")
        assert len(year.attachments) == 1
        later = await playground.press(year, "2026")
        assert later.content.startswith("**2026년 우리 방 결산**")
        again = await playground.press(later, "하루")
        assert again.content == day.content


async def test_a_button_works_after_the_bot_was_started_again(
    plain: Path, play: Callable[..., Any], turned: Callable[..., Any]
) -> None:
    async with Playground() as playground:
        async with play(playground, plain, clock=turned()):
            answer = await playground.command("/우리방")
        async with play(playground, plain, clock=turned()):
            assert "결산" in (await playground.press(answer, "결산")).content


async def test_a_year_is_told_in_counts(started: Start) -> None:
    async with started() as playground:
        told = (await playground.command("/우리방 보기:결산")).content
        for line in (
            "💬 3월 1일 토요일부터 12월 31일 수요일까지 메시지 9,700개쯤",
            "📅 가장 떠들썩한 달은 12월(1,290개쯤), 가장 조용한 달은 7월",
            "🔥 가장 떠들썩한 날은 7월 3일 목요일(320개쯤)",
            "⏰ 금요일, 그리고 밤 10시에 가장 말이 많았고 새벽 5시쯤이 가장 조용했어요",
            "🤫 아무 말도 없던 날은 12일",
        ):
            assert line in told
        named = await playground.command("/pulse year:2026", locale="en-US")
        assert named.content.startswith("**Our room in 2026**")
        assert "Days without a word" not in named.content


async def test_a_year_that_was_not_counted_is_refused_with_those_that_were(started: Start) -> None:
    async with started() as playground:
        answer = await playground.command("/우리방 연도:2019")
        assert answer.ephemeral
        assert answer.content == "2019년은 세어 두지 않았어요. 2025, 2026 가운데서 골라 주세요."


async def test_a_bundle_without_a_pulse_has_no_such_command(
    bundle: Path, plain: Path, tmp_path: Path, write_bundle: Callable[..., Path], play: Callable[..., Any]
) -> None:
    changing = write_bundle(tmp_path / "bundle")
    async with Playground() as playground, play(playground, changing) as stage:
        assert "pulse" not in {command["name"] for command in playground.world.commands.all()}
        add_pulse(write_bundle(changing))
        assert await stage.client.reload()
        answer = await playground.command("/우리방")
        write_bundle(changing)
        assert await stage.client.reload()
        told = await playground.press(answer, "결산")
        assert told.content == "지금 쓰는 모델은 이 방이 언제 떠들썩한지 몰라요."
