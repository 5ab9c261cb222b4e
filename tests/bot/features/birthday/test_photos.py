"""A member's own photo for their wish: shown to them first, kept when they say so, and nobody else's."""

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests import faces_bundle
from tests.bot.features.birthday.waiting import wish
from tests.bot.features.face.pictures import changed, encoded, files, group

PERSON = group(1, side=400, wide=620)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a bundle whose editor changes mouths; the one that ships leaves alone what is drawn."""
    return faces_bundle.make(tmp_path_factory.mktemp("faces") / "bundle", edits=0.4)


async def _shown(room: Any, photo: bytes, **more: Any) -> Any:
    file = room.playground.upload("me.png", photo)
    return await room("/birthday photo", options={"photo": file}, **more)


def _picture(room: Any, attachment: dict[str, Any]) -> np.ndarray:
    data = room.playground.world.attachments.get(attachment["id"])[1]
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))


async def test_what_was_shown_to_them_alone_comes_with_the_wish_until_they_delete_it(room: Any) -> None:
    await room("/생일 채널 생일")
    await room("/birthday set", options={"date": "11월 20일"}, member="윤혜")
    shown = await _shown(room, encoded(PERSON))
    assert shown.ephemeral
    assert "아직 저장하지 않았어요" in shown.content
    assert "저장한 사진이 없어요" in (await room("/생일 사진")).content
    (preview,) = files(room.playground, shown).values()
    smiling = np.asarray(Image.open(io.BytesIO(preview)).convert("RGB"))
    assert max(smiling.shape[:2]) == 512
    assert len(preview) < 100_000
    small = np.asarray(Image.fromarray(PERSON).resize(smiling.shape[1::-1]))
    assert 0 < changed(small, smiling).sum() < smiling.size / 30  # the mouth, and not all of it
    kept = await room.playground.press(shown, "내 생일에 쓰기")
    assert "저장했어요" in kept.content
    assert "나올 사진이에요" in (await room("/생일 사진")).content
    export = (await room("/개인정보 내보내기")).attachments[0]
    (row,) = json.loads(room.playground.world.attachments.get(export["id"])[1])["kept"]["birthday_photos"]
    assert row["picture"].startswith("data:image/jpeg;base64,")
    posted = await wish(room)
    (attached,) = posted["attachments"]
    assert "AI 모델이 바꿨어요" in attached["description"]
    assert np.array_equal(_picture(room, attached), smiling)
    assert "지웠어요" in (await room.playground.press(await room("/생일 사진"), "사진 지우기")).content
    assert "저장한 사진이 없어요" in (await room("/생일 사진")).content


async def test_a_photo_of_several_of_nobody_and_of_another_is_refused(room: Any) -> None:
    assert "아직 생일을 몰라요" in (await _shown(room, encoded(PERSON))).content
    for member in ("윤혜", "정훈"):
        await room("/birthday set", options={"date": "11월 20일"}, member=member)
    assert "동의하지 않았으니" in (await _shown(room, encoded(group(2, wide=700)))).content
    assert "다른 사람은" not in (await _shown(room, encoded(np.full((300, 300, 3), 90, np.uint8)))).content
    assert "사진" in (await _shown(room, b"no picture")).content
    shown = await _shown(room, encoded(PERSON), locale="en-US")
    assert "I have not kept it yet" in shown.content
    message = room.playground.world.messages.find(shown.message_id)
    message["flags"] &= ~64  # as if another could press under it
    refused = await room.playground.press(shown.message_id, "🎂", member="정훈", locale="en-US")
    assert "Only the birthday person" in refused.content
    assert "저장한 사진이 없어요" in (await room("/생일 사진", member="정훈")).content
