"""A member's own photo for their wish, painted in a style instead of smiling."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests import styles_bundle
from tests.bot.features.face.pictures import changed, encoded, files, group

PERSON = group(1, side=400, wide=620)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return styles_bundle.make(tmp_path_factory.mktemp("styles") / "bundle")


async def _shown(room: Any, photo: bytes, **options: str) -> Any:
    file = room.playground.upload("me.png", photo)
    return await room("/birthday photo", options={**options, "photo": file})


async def test_one_persons_photo_is_painted_and_one_of_several_is_not(room: Any) -> None:
    await room("/birthday set", options={"date": "11월 20일"}, member="윤혜")
    shown = await _shown(room, encoded(PERSON), painted="파도 판화")
    assert "아직 저장하지 않았어요" in shown.content
    (preview,) = files(room.playground, shown).values()
    painting = np.asarray(Image.open(io.BytesIO(preview)).convert("RGB"))
    assert changed(np.asarray(Image.fromarray(PERSON).resize(painting.shape[1::-1])), painting).mean() > 0.2
    assert "저장했어요" in (await room.playground.press(shown, "내 생일에 쓰기")).content
    assert "동의하지 않았으니" in (await _shown(room, encoded(group(2, wide=700)), painted="1")).content
    assert "그런 그림체는 없어요" in (await _shown(room, encoded(PERSON), painted="유화물감")).content
    assert "웃게 할 모델이 없어요" in (await _shown(room, encoded(PERSON))).content
