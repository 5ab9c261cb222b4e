"""What an engine answers to a message: a result, or in a word why there is none."""

import asyncio
from pathlib import Path

import pytest

from bot.inference.models import LoadedModels, open_models
from bot.inference.worker import Workers
from bot.remote.calls import Call
from serving import answering
from serving.answering import answer, is_allowed

SAYING = Call("speaker", "saying", {"word": "윤혜", "n": 2, "temperature": 0.8, "seed": 3})


@pytest.fixture
def workers() -> Workers:
    return Workers.of(4)


def test_the_whole_token_opens_it_and_nothing_else() -> None:
    assert is_allowed("Bearer 비밀", "비밀")
    for header in (None, "", "Bearer ", "비밀", "Bearer 비", "Basic 비밀"):
        assert not is_allowed(header, "비밀")


async def test_a_part_that_a_bundle_lacks_is_a_wrong_call(bundle: Path, workers: Workers) -> None:
    async def models() -> LoadedModels:
        return open_models(bundle, "cpu")

    status, body = await answer(SAYING.packed(deferred=False), models, workers)
    assert (status, SAYING.result(body).text[:2]) == (200, "윤혜")
    fresh = Call("artist", "smiling", {"seed": 3})
    as_somebody = Call("speaker", "saying", SAYING.arguments, member="아무개")
    for lacking in (fresh, as_somebody):
        assert await answer(lacking.packed(deferred=False), models, workers) == (400, b"wrong")


async def test_a_job_that_fails_is_told_and_quotes_nothing(
    bundle: Path, workers: Workers, caplog: pytest.LogCaptureFixture
) -> None:
    async def models() -> LoadedModels:
        return open_models(bundle, "cpu")

    nothing_typed = Call("speaker", "saying", {"word": " ", "n": 2, "refused": frozenset({"비밀표식말"})})
    assert await answer(nothing_typed.packed(deferred=False), models, workers) == (500, b"failed")
    assert "비밀표식말" not in caplog.text


async def test_who_waits_for_a_bundle_to_open_is_told_in_time(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "_OPENING", 0.01)

    async def never() -> LoadedModels:
        await asyncio.sleep(60)
        raise AssertionError

    assert await answer(SAYING.packed(deferred=False), never, workers) == (503, b"busy")
