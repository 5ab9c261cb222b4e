"""Photos of several people: each is offered by a number, one, several or all are changed, and changes add up."""

import copy
import io
import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw

from bot.errors import OwnerError
from bot.features.face.photo_request import PhotoRequest
from bot.features.face.rendering import Labels, Photo, edited
from bot.features.face.service import FaceService
from bot.features.face.terminal import changed as in_the_terminal
from bot.inference.models import open_models
from bot.photos import Located, crop, faces_of, find
from playground import Playground
from tests import faces_bundle
from tests.bot.conftest import Stage, played
from tests.bot.features.face.pictures import changed, encoded, files, group, half, seen

THREE = group(3, wide=1000)
"""From the left at 60, 360 and 660 pixels, each 240 wide."""
SITTERS = [slice(60, 300), slice(360, 600), slice(660, 900)]


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return faces_bundle.make(tmp_path_factory.mktemp("faces") / "bundle")


async def asked(playground: Playground, pixels: np.ndarray, **options: Any) -> Any:
    photo = playground.upload("p.png", encoded(pixels))
    return await playground.command("/face smile", options={"strength": 3, **options, "photo": photo})


def labels(answer: Any) -> list[str]:
    return [each.get("label", "") for row in answer.components for each in row["components"]]


def menu(answer: Any, ending: str) -> dict[str, Any]:
    (found,) = [
        each for row in answer.components for each in row["components"] if each["custom_id"].endswith(f":{ending}")
    ]
    return dict(found)


async def picked(playground: Playground, answer: Any, ending: str, *values: str) -> Any:
    return await playground.press(answer, menu(answer, ending)["custom_id"], values=values)


def moved(playground: Playground, answer: Any, photo: np.ndarray = THREE) -> list[bool]:
    """Return which of the three sitters are another in the whole photo of an answer."""
    whole = seen(playground, answer)["photo.jpg"]
    assert whole.shape == photo.shape
    return [bool(changed(photo[:, sitter], whole[:, sitter]).any()) for sitter in SITTERS]


async def test_several_faces_are_offered_by_numbers_and_none_is_changed_yet(stage: Stage) -> None:
    answer = await asked(stage.playground, THREE)
    assert answer.ephemeral
    assert "얼굴이 3개 보여요" in answer.content
    assert labels(answer)[:4] == ["1", "2", "3", "모두"]
    assert set(files(stage.playground, answer)) == {"faces.jpg", "original.bin"}
    assert answer.attachments[0]["description"] == "얼굴 3개에 왼쪽부터 번호를 붙인 사진"


async def test_the_numbers_are_drawn_beside_the_faces_and_are_readable_on_a_phone(stage: Stage) -> None:
    preview = seen(stage.playground, await asked(stage.playground, THREE))["faces.jpg"]
    differs = changed(THREE, preview, 100)
    for sitter in SITTERS:
        columns = slice(sitter.start - 40, sitter.stop)
        number = differs[:140, columns]  # above the brows
        rows = np.flatnonzero(number.any(1))
        assert np.ptp(rows) * 370 / preview.shape[1] > 14  # on a phone 370 pixels wide
    middles = [(sitter.start + 60, sitter.stop - 60) for sitter in SITTERS]
    assert not any(differs[150:230, left:right].any() for left, right in middles)


@pytest.mark.parametrize(
    ("pressed", "expected"), [(("2",), [0, 1, 0]), (("1", "3"), [1, 0, 1]), (("모두",), [1, 1, 1])]
)
async def test_those_are_changed_that_were_chosen_in_the_photo_at_its_own_size(
    stage: Stage, pressed: tuple[str, ...], expected: list[int]
) -> None:
    answer = await asked(stage.playground, THREE)
    for label in pressed:
        answer = await stage.playground.press(answer, label)
    assert moved(stage.playground, answer) == list(map(bool, expected))
    assert answer.ephemeral
    assert "얼굴 3개 중에서" in answer.content


async def test_a_face_is_taken_out_again_and_without_any_the_numbers_are_back(stage: Stage) -> None:
    answer = await stage.playground.press(await asked(stage.playground, THREE), "모두")
    answer = await stage.playground.press(answer, "2")
    assert moved(stage.playground, answer) == [True, False, True]
    for label in ("1", "3"):
        answer = await stage.playground.press(answer, label)
    assert set(files(stage.playground, answer)) == {"faces.jpg", "original.bin"}
    assert answer.embeds == []


async def test_a_choice_outlives_a_restart(bundle: Path) -> None:
    async with Playground() as playground:
        async with played(playground, bundle):
            answer = await playground.press(await asked(playground, THREE, strength=2), "3")
        async with played(playground, bundle):
            more = await playground.press(answer, "😊")
            assert "+2.5" in more.content
            assert moved(playground, more) == [False, False, True]


async def test_nobody_elses_press_counts_until_the_asker_says_so(stage: Stage) -> None:
    playground = stage.playground
    shown = await playground.press(await playground.press(await asked(playground, THREE), "1"), "👀")
    assert not shown.ephemeral
    for what in ("😊", "2", "모두", "🙌"):
        refused = await playground.press(shown, what, member="정훈")
        assert refused.ephemeral
        assert "명령을 쓴 사람만" in refused.content
    refused = await playground.press(shown, menu(shown, "edits")["custom_id"], member="정훈", values=["Bangs"])
    assert "명령을 쓴 사람만" in refused.content
    opened = await playground.press(shown, "🙌")
    assert moved(playground, await playground.press(opened, "2", member="정훈")) == [True, True, False]


async def test_changes_add_up_from_the_same_photo_and_each_can_be_taken_back(stage: Stage) -> None:
    playground = stage.playground
    smiling = await playground.press(await asked(playground, THREE), "2")
    alone = files(playground, smiling)["photo.jpg"]
    both = await picked(playground, smiling, "edits", "Smiling", "Pale_Skin")
    assert both.content.startswith("**웃음 +3 · 하얀 피부 +1.5**")
    assert files(playground, both)["photo.jpg"] != alone
    assert {one["value"] for one in menu(both, "edits")["options"] if one.get("default")} == {"Smiling", "Pale_Skin"}
    stronger = await playground.press(both, "하얀 피부 더")
    assert "하얀 피부 +2" in stronger.content
    again = await picked(playground, stronger, "edits", "Smiling")
    assert again.content.startswith("**웃음 +3**")
    assert files(playground, again)["photo.jpg"] == alone  # of a photo that was changed already it would be another
    none = await picked(playground, again, "edits")
    assert "아직 바꾼 것이 없어요" in none.content
    assert "photo.jpg" not in files(playground, none)
    assert (await picked(playground, none, "edits", "Bangs")).content.startswith("**앞머리 +1.5**")


async def test_an_editors_smile_and_a_generators_change_add_up_too(tmp_path: Path) -> None:
    bundle = faces_bundle.make(tmp_path / "bundle", edits=True)
    async with Playground() as playground, played(playground, bundle):
        smiling = await playground.press(await asked(playground, THREE), "2")
        alone = files(playground, smiling)["photo.jpg"]
        both = await picked(playground, smiling, "edits", "Smiling", "Pale_Skin")
        together = files(playground, both)["photo.jpg"]
        pale = await picked(playground, both, "edits", "Pale_Skin")
        assert len({alone, together, files(playground, pale)["photo.jpg"]}) == 3
        assert moved(playground, pale) == [False, True, False]
        smiling = await picked(playground, await picked(playground, pale, "edits"), "edits", "Smiling")
        for _ in range(3):  # from the usual strength to that of the beginning
            smiling = await playground.press(smiling, "😊")
        assert files(playground, smiling)["photo.jpg"] == alone


async def test_before_and_after_are_the_only_picture_of_the_attachments_labelled_in_the_readers_language(
    stage: Stage,
) -> None:
    playground = stage.playground
    answer = await asked(playground, THREE[:, :330])
    pictures = [each for each in answer.attachments if each["content_type"].startswith("image/")]
    assert [each["filename"] for each in pictures] == ["before-after.jpg"]
    korean = seen(playground, answer)["before-after.jpg"]
    assert korean.shape[1] == 2 * korean.shape[0] + 8
    before, after = half(korean, 0), half(korean, 1)
    assert changed(before, after).any()
    upload = playground.upload("p.png", encoded(THREE[:, :330]))
    other = await playground.command("/face smile", options={"strength": 3, "photo": upload}, locale="en-US")
    english = seen(playground, other)["before-after.jpg"]
    corner = slice(0, len(korean) // 8)
    assert changed(korean[corner], english[corner], 100).any()
    assert not changed(korean[corner.stop :], english[corner.stop :], 100).any()


async def test_several_faces_in_a_wide_part_are_one_above_the_other(stage: Stage) -> None:
    answer = await stage.playground.press(await asked(stage.playground, THREE), "모두")
    height, width, _ = seen(stage.playground, answer)["before-after.jpg"].shape
    assert 1 < width / height < 2


async def test_no_metadata_leaves_with_any_file(stage: Stage) -> None:
    playground = stage.playground
    exif = Image.Exif()
    exif[0x010F], exif[0x0132] = "누구네 전화기", "2026:11:20 10:00:00"
    exif.get_ifd(0x8825)[1] = "N"
    data = encoded(THREE, "JPEG", exif=exif, comment=b"secret", quality=95)
    answer = await playground.command("/face smile", options={"photo": playground.upload("p.jpg", data)})
    answer = await playground.press(await playground.press(answer, "모두"), "👀")
    for name, each in files(playground, answer).items():
        with Image.open(io.BytesIO(each)) as opened:
            assert not opened.getexif(), name
            ours = {"comment"} if name == "original.bin" else set()
            assert set(opened.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"} | ours, name
        assert b"secret" not in each
        assert len(faces_of(each) or ()) == (3 if ours else 0)


async def test_twenty_faces_are_a_menu(stage: Stage) -> None:
    playground, photo = stage.playground, group(20, side=180)
    answer = await asked(playground, photo)
    assert "얼굴이 20개 보여요" in answer.content
    options = menu(answer, "faces")["options"]
    assert [each["label"] for each in options[:3]] == ["모두", "1번 얼굴", "2번 얼굴"]
    assert len(options) == 21
    two = await picked(playground, answer, "faces", "1", "20")
    assert "1, 20번을 바꿨어요" in two.content
    every = await picked(playground, two, "faces", "all", "3")
    assert [each["value"] for each in menu(every, "faces")["options"] if each.get("default")] == ["all"]


def with_one_more(left: int, side: int) -> np.ndarray:
    """Return somebody in the middle of 500 pixels, and somebody else at ``left``."""
    photo = np.roll(group(1, side=200, wide=500, ground=180), 80, axis=1)
    edge = side // 4
    photo[100 : 100 + side, left : left + side] = group(1, side, 2 * side)[edge : edge + side, edge : edge + side]
    return photo


async def test_a_face_that_hardly_changed_is_named_and_why_that_may_be(tmp_path: Path) -> None:
    folder = faces_bundle.make(tmp_path / "bundle", edits=0.01)
    one, two = group(1, wide=500), group(2)
    async with Playground() as playground, played(playground, folder):
        alone = await asked(playground, one, strength=2)
        assert "거의 안 바뀌었어요. 입이 가려져 있거나" in alone.content
        assert "번 얼굴은 거의" not in alone.content
        assert "거의 안" not in (await asked(playground, one, strength=0)).content
        both = await playground.press(await asked(playground, two, strength=2), "모두")
        assert "1, 2번 얼굴은 거의 안 바뀌었어요" in both.content


async def test_a_face_that_is_tiny_beside_another_is_left_out_and_that_is_said(stage: Stage) -> None:
    photo = with_one_more(420, 48)
    assert len(find(photo)) == 2
    answer = await asked(stage.playground, photo)
    assert "너무 작거나 사진 밖으로 잘린 얼굴 1개는 뺐어요" in answer.content
    assert "1" not in labels(answer)
    assert not changed(photo[:, 410:], seen(stage.playground, answer)["photo.jpg"][:, 410:]).any()


async def test_where_all_faces_are_tiny_that_is_the_answer(stage: Stage) -> None:
    photo = group(1, side=50, wide=160)
    assert len(find(photo)) == 1
    answer = await asked(stage.playground, photo)
    assert "너무 작거나 잘려 있어요" in answer.content
    assert answer.ephemeral
    assert not answer.attachments


@pytest.mark.parametrize("seen_part", [0.45, 0.6, 0.75, 0.9])
@pytest.mark.parametrize("side", ["left", "bottom", "top"])
async def test_a_face_at_the_edge_is_changed_inside_the_photo_or_left_alone(
    stage: Stage, seen_part: float, side: str
) -> None:
    photo, cut = group(1, side=300, wide=450), round(300 * (1 - seen_part))
    photo = {"left": photo[:, 75 + cut :], "bottom": photo[: 375 - cut], "top": photo[75 + cut :]}[side]
    answer = await asked(stage.playground, photo)
    if not answer.attachments:
        assert "얼굴" in answer.content
        return
    whole = seen(stage.playground, answer)["photo.jpg"]
    assert whole.shape == photo.shape
    assert changed(photo, whole).mean() < 0.2


def scribble() -> np.ndarray:
    """Return what a child draws: a circle, two dots, an arc."""
    image = Image.new("RGB", (500, 500), "white")
    draw = ImageDraw.Draw(image)
    draw.ellipse((100, 100, 400, 400), outline="black", width=6)
    for left in (190, 290):
        draw.ellipse((left, 200, left + 20, 220), fill="black")
    draw.arc((180, 220, 320, 340), 20, 160, fill="black", width=6)
    return np.asarray(image)


def cat() -> np.ndarray:
    """Return the head of an animal: ears, slit eyes, whiskers."""
    image = Image.new("RGB", (500, 500), (120, 150, 110))
    draw, fur = ImageDraw.Draw(image), (150, 120, 90)
    for ear in ([(110, 200), (130, 40), (230, 120)], [(390, 200), (370, 40), (270, 120)]):
        draw.polygon(ear, fill=fur)
    draw.ellipse((90, 100, 410, 420), fill=fur)
    for left in (150, 290):
        draw.ellipse((left, 200, left + 60, 240), fill=(200, 210, 60))
        draw.ellipse((left + 25, 200, left + 35, 240), fill="black")
    draw.polygon([(235, 290), (265, 290), (250, 310)], fill=(210, 130, 140))
    for top in (310, 325, 340):
        draw.line((60, top, 200, 320), fill="white", width=2)
        draw.line((300, 320, 440, top), fill="white", width=2)
    return np.asarray(image)


@pytest.mark.parametrize("photo", [scribble(), cat()], ids=["a scribble", "an animal"])
async def test_what_is_no_persons_face_is_said_to_be_none(stage: Stage, photo: np.ndarray) -> None:
    answer = await asked(stage.playground, photo)
    assert "얼굴을 못 찾았어요" in answer.content
    assert not answer.attachments


async def test_buttons_that_no_version_made_change_nothing(stage: Stage) -> None:
    playground = stage.playground
    answer = await playground.press(await asked(playground, THREE), "2")
    message = playground.world.messages.find(answer.message_id)
    asker = playground.world.me["id"]
    for custom_id in (
        f"face:p:{asker}:2:zzzz00:more",  # of an attribute that there is not
        f"face:p:{asker}:zzzzzz::more",
        f"face:p:{asker}:2:abc:more",
        f"face:p:{asker}::more",
        "face:p::2::more",
        f"face:p:{asker}:2::sing",
        f"face:p:{asker}:2::0",
    ):
        forged = copy.deepcopy(message)
        forged["components"][0]["components"][0]["custom_id"] = custom_id
        refused = await playground.press(forged, custom_id)
        assert refused.ephemeral
        assert "너무 오래됐거나" in refused.content, custom_id
    for nothing in (f"face:p:{asker}:0::more", f"face:p:{asker}:zzzzz::less", f"face:p:{asker}:2::99"):
        forged = copy.deepcopy(message)
        forged["components"][0]["components"][0]["custom_id"] = nothing
        assert "아직 바꾼 것이 없어요" in (await playground.press(forged, nothing)).content


async def test_a_photo_that_is_gone_from_the_answer_is_asked_for_again(stage: Stage) -> None:
    answer = await asked(stage.playground, THREE)
    stage.playground.world.attachments._kept.clear()
    refused = await stage.playground.press(answer, "모두")
    assert "다시 올려 주세요" in refused.content


@pytest.mark.parametrize(("faces", "expected"), [("2", [0, 1, 0]), ("1,3", [1, 0, 1]), ("all", [1, 1, 1])])
def test_the_terminal_has_the_same_choice(bundle: Path, faces: str, expected: list[int]) -> None:
    picture, note = in_the_terminal(bundle, "cpu", "smile", encoded(THREE), 3, None, "carry", faces)
    whole = np.asarray(Image.open(io.BytesIO(picture)))
    assert [changed(THREE[:, at], whole[:, at]).any() for at in SITTERS] == list(map(bool, expected))
    assert note.startswith("3 found; changed: ")


def test_where_the_terminal_is_told_no_face_it_shows_the_numbers(bundle: Path) -> None:
    picture, note = in_the_terminal(bundle, "cpu", "smile", encoded(THREE), 3, None)
    assert "--face" in note
    assert changed(THREE, np.asarray(Image.open(io.BytesIO(picture))), 100).any()


@pytest.mark.parametrize(("faces", "said"), [("4", "no face 4"), ("0", "--face"), ("one", "--face"), ("1;2", "--face")])
def test_a_face_that_is_not_there_is_said_in_a_sentence(bundle: Path, faces: str, said: str) -> None:
    with pytest.raises(OwnerError, match=said):
        in_the_terminal(bundle, "cpu", "smile", encoded(THREE), 3, None, "carry", faces)


def test_a_large_photo_is_there_twice_at_most_however_many_are_changed(tmp_path: Path) -> None:
    artist = FaceService(open_models(faces_bundle.make(tmp_path / "bundle", edits=1)).artist, photos=True).artist
    other = next(attribute for attribute in artist.photo_attributes if attribute != "Smiling")
    faces = tuple(Located((400.0 * number - 30, 800.0), (400.0 * number + 30, 800.0)) for number in range(1, 6))
    pixels = np.full((1600, 2400, 3), 160, np.uint8)
    photo = Photo(pixels, faces, b"")
    request = PhotoRequest((("Smiling", 2.0), (other, 2.0)), frozenset(range(1, 6)))
    tracemalloc.start()
    made = edited(artist, photo, request, Labels("before", "after"))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert made.faces == len(faces)
    assert all((crop(pixels, face, 64) != 160).any() for face in faces)
    assert most < 1.5 * pixels.nbytes  # from what is beside it the file of the whole is written
