"""``/face`` as a member meets it: the real client on the real wire, real graphs, real photos."""

import asyncio
import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from bot.features.face.photo_request import PhotoRequest
from bot.features.face.rendering import Labels
from bot.features.face.service import FaceService
from bot.inference.models import open_models
from bot.photos import EYES, crop, find
from playground import Playground
from tests import faces_bundle
from tests.bot.conftest import Stage, played, write_bundle_to
from tests.bot.features.face.pictures import changed, encoded, half, seen
from training.faces.drawing import Identity, portrait


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return faces_bundle.make(tmp_path_factory.mktemp("faces") / "bundle")


@pytest.fixture(scope="module")
def photo() -> bytes:
    """Somebody who does not exist, in a wide photo with room around."""
    face = portrait(Identity.of(SITTER), {"Black_Hair": True}, 300)
    wide = np.full((500, 800, 3), 200, np.uint8)
    wide[100:400, 300:600] = face
    return encoded(wide)


SITTER = 15


def files(stage: Stage, answer: Any) -> dict[str, np.ndarray]:
    return seen(stage.playground, answer)


async def asked(stage: Stage, command: str, data: bytes, name: str = "photo.png", **options: Any) -> Any:
    upload = stage.playground.upload(name, data)
    return await stage.playground.command(command, options={**options, "photo": upload})


async def test_a_seed_draws_the_same_face_and_says_so(stage: Stage) -> None:
    one, again = [await stage.playground.command("/얼굴 웃음 번호:42") for _ in range(2)]
    assert "42" in one.content
    assert "+1.5" in one.content
    assert (files(stage, one)["face.png"] == files(stage, again)["face.png"]).all()
    before, after = np.array_split(files(stage, one)["face.png"], 2, axis=1)
    assert (before[:, :256] != after[:, -256:]).any()
    assert one.attachments[0]["description"]


async def test_pressing_makes_it_smile_more_and_outlives_a_restart(bundle: Path) -> None:
    async with Playground() as playground:
        async with played(playground, bundle):
            answer = await playground.command("/face smile strength:1 seed:5")
        async with played(playground, bundle) as stage:
            for strength in ("+1.5", "+2", "+2.5", "+3", "+3"):
                answer = await playground.press(answer, "😊")
                assert strength in answer.content
            calm = await playground.press(answer, "😐")
            assert "+2.5" in calm.content
            other = await playground.press(calm, "🎲")
            assert not other.content.endswith("🎲 5")
            assert len(files(stage, other)) == 1


async def test_a_photo_is_answered_to_the_asker_alone_at_its_own_size(stage: Stage, photo: bytes) -> None:
    answer = await asked(stage, "/face smile", photo, strength=3)
    assert answer.ephemeral
    shown = files(stage, answer)
    assert shown["photo.jpg"].shape == (500, 800, 3)
    differs = changed(np.asarray(Image.open(io.BytesIO(photo))), shown["photo.jpg"])
    assert differs[100:400, 300:600].any()
    assert not differs[:, :250].any()
    assert changed(half(shown["before-after.jpg"], 0), half(shown["before-after.jpg"], 1)).any()


async def test_a_photo_smiles_more_by_a_press_from_the_answer_itself_and_may_be_shown_to_everybody(
    bundle: Path, photo: bytes
) -> None:
    async with Playground() as playground:
        async with played(playground, bundle) as stage:
            answer = await asked(stage, "/face change", photo, attribute="웃음", strength=1)
        async with played(playground, bundle) as stage:
            more = await playground.press(answer, "😊")
            assert "+1.5" in more.content
            assert more.ephemeral
            assert (files(stage, more)["original.bin"] == files(stage, answer)["original.bin"]).all()
            public = await playground.press(more, "👀")
            assert not public.ephemeral
            assert "+1.5" in public.content
            assert playground.unknown_routes == []


async def test_a_press_leaves_the_photo_before_the_file_that_it_was(stage: Stage, photo: bytes) -> None:
    answer = await asked(stage, "/face smile", photo)
    before = {each["filename"]: each["id"] for each in answer.attachments}["original.bin"]
    more = await stage.playground.press(answer, "😊")
    assert {each["filename"]: each["id"] for each in more.attachments}["original.bin"] == before


async def test_a_button_from_before_a_bundle_without_faces_says_so(bundle: Path, tmp_path: Path) -> None:
    async with Playground() as playground:
        async with played(playground, bundle):
            answer = await playground.command("/face smile seed:5")
        async with played(playground, write_bundle_to(tmp_path / "words")):
            told = await playground.press(answer, "😊")
        assert told.ephemeral
        assert "얼굴" in told.content


async def test_what_is_unchanged_of_a_large_face_stays_as_sharp_as_it_was(bundle: Path) -> None:
    service = FaceService(open_models(bundle).artist, photos=True)
    large = portrait(Identity.of(SITTER), {"Black_Hair": True}, 900).astype(int)
    large += 24 * ((np.arange(900) // 2 + np.arange(900)[:, None] // 2) % 2)[..., None]
    photo = np.clip(large, 0, 255).astype(np.uint8)
    made = service.change_photo(encoded(photo), PhotoRequest((("Smiling", 0),)), Labels("before", "after"))
    whole = np.asarray(Image.open(io.BytesIO(made.whole or b"")))
    detail = [np.abs(np.diff(each[300:600, 300:600].astype(int), axis=1)).mean() for each in (photo, whole)]
    assert detail[1] > 0.7 * detail[0]


async def test_a_smile_by_an_editor_leaves_the_rest_of_the_photo_as_it_was(tmp_path: Path, photo: bytes) -> None:
    from bot import photos

    service = FaceService(open_models(faces_bundle.make(tmp_path / "bundle", edits=True)).artist, photos=True)
    still, smiling = (
        service.change_photo(photo, PhotoRequest((("Smiling", strength),)), Labels("before", "after"))
        for strength in (0, 2)
    )
    assert (photos.read(still.whole or b"") == photos.read(still.original)).all()
    assert smiling.comparison != still.comparison
    async with Playground() as playground, played(playground, tmp_path / "bundle") as stage:
        answer = await asked(stage, "/face smile", photo, strength=2)
        assert set(files(stage, answer)) == {"before-after.jpg", "photo.jpg", "original.bin"}
        assert playground.unknown_routes == []


def test_faces_are_looked_for_once_and_found_again_by_older_answers(
    tmp_path: Path, photo: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot import photos

    service = FaceService(open_models(faces_bundle.make(tmp_path / "bundle", edits=True)).artist, photos=True)
    request, words = PhotoRequest((("Smiling", 2),)), Labels("before", "after")
    first = service.change_photo(photo, request, words)
    older = photos.jpeg(photos.read(first.original))
    assert service.change_original(older, request, words).faces == 1
    monkeypatch.setattr(photos, "find", lambda _: pytest.fail("looked for again"))
    again = service.change_original(first.original, request, words)
    assert again.faces == 1
    views = [photos.read(each.comparison or b"").astype(int) for each in (first, again)]
    assert np.abs(views[0] - views[1]).mean() < 2


async def test_what_works_on_drawn_faces_only_is_not_offered_for_a_photo_and_that_is_said(
    tmp_path: Path, photo: bytes
) -> None:
    poor = faces_bundle.make(tmp_path / "bundle", poor=["Bangs"])
    async with Playground() as playground, played(playground, poor) as stage:
        drawn = await playground.command("/face change attribute:앞머리 seed:5")
        assert "face.png" in files(stage, drawn)
        told = await asked(stage, "/face change", photo, attribute="앞머리")
        assert told.ephemeral
        assert "사진에서는 안 돼요" in told.content
        assert told.content.endswith("하얀 피부, 웃음")
        answer = await asked(stage, "/face change", photo, attribute="웃음")
        assert "앞머리" not in str(answer.components)


REFUSED = {
    "no bytes": (b"", "a.png", "사진이 아니에요"),
    "a text": ("안녕".encode() * 100, "a.png", "사진이 아니에요"),
    "an svg": (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "a.svg", "못 읽어요"),
    "a heic": (b"\x00\x00\x00\x18ftypheic" + bytes(100), "a.heic", "못 읽어요"),
    "a broken jpeg": (encoded(np.zeros((300, 300, 3), np.uint8), "JPEG")[:200], "a.jpg", "깨져"),
    "a thread": (encoded(np.full((1, 2000, 3), 128, np.uint8)), "a.png", "길쭉한"),
    "no face": (encoded(np.full((300, 300, 3), 128, np.uint8)), "a.png", "얼굴을 못 찾았어요"),
    "9 MB": (bytes(9_000_000), "a.png", "너무 커요"),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_what_is_no_photo_of_a_face_is_told_in_a_sentence(stage: Stage, name: str) -> None:
    data, filename, said = REFUSED[name]
    answer = await asked(stage, "/face smile", data, filename)
    assert said in answer.content
    assert answer.ephemeral
    assert (await stage.playground.command("/face smile seed:1")).attachments


async def test_a_bomb_of_a_picture_is_refused_from_its_header(stage: Stage) -> None:
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0))
    bomb = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    assert "화소가 너무 많아서" in (await asked(stage, "/face smile", bomb)).content


async def test_a_strength_that_no_face_can_bear_is_refused(stage: Stage) -> None:
    from playground import PlaygroundError

    with pytest.raises(PlaygroundError, match="3"):
        await stage.playground.command("/face smile strength:99")


async def test_attributes_are_found_in_both_languages_and_unknown_ones_are_told(stage: Stage) -> None:
    assert [each["value"] for each in await stage.playground.autocomplete("/face change", "attribute", "웃")] == [
        "Smiling"
    ]
    assert [each["value"] for each in await stage.playground.autocomplete("/face change", "attribute", "smil")] == [
        "Smiling"
    ]
    assert "웃음" in (await stage.playground.command("/얼굴 바꾸기 웃음")).content
    assert "바꿀 수 있는 것" in (await stage.playground.command("/얼굴 바꾸기 콧수염")).content


def emojis(answer: Any) -> list[str]:
    return [button["emoji"]["name"] for line in answer.components for button in line["components"] if "emoji" in button]


async def test_under_a_new_face_another_is_drawn_and_it_is_made_to_smile(stage: Stage) -> None:
    playground = stage.playground
    fresh = await playground.command("/face new vae seed:7")
    assert emojis(fresh) == ["🎲", "😊"]
    before = files(stage, fresh)["face.png"]
    another = await playground.press(fresh, "🎲")
    assert another.message_id == fresh.message_id
    assert emojis(another) == ["🎲", "😊"]
    assert not np.array_equal(files(stage, another)["face.png"], before)
    smiling = await playground.press(await playground.command("/face new vae seed:7"), "😊")
    assert "웃음 +1.5" in smiling.content
    same = await playground.command("/face smile seed:7 strength:1.5")
    assert np.array_equal(files(stage, smiling)["face.png"], files(stage, same)["face.png"])


async def test_a_smiling_face_on_a_button_stands_for_smiles_alone(stage: Stage, photo: bytes) -> None:
    playground = stage.playground
    assert emojis(await playground.command("/face smile seed:5")) == ["😊", "😐", "🎲"]
    hair = await playground.command("/face change attribute:앞머리 seed:5")
    assert emojis(hair) == ["➕", "➖", "🎲"]
    assert "+2" in (await playground.press(hair, "➕")).content
    of_photo = await asked(stage, "/face change", photo, attribute="Bangs")
    assert emojis(of_photo)[:2] == ["➕", "➖"]


async def test_new_faces_sweeps_and_mixes_are_pictures(stage: Stage, photo: bytes) -> None:
    fresh = await stage.playground.command("/face new vae seed:7")
    assert list(files(stage, fresh)) == ["face.png"]
    swept = await stage.playground.command("/face sweep 웃음")
    assert list(files(stage, swept)) == ["sweep.jpg"], "a chat crops several pictures to squares"
    height, width, _ = files(stage, swept)["sweep.jpg"].shape
    assert 1.5 < width / height < 2.2, "it is shown whole in 550 × 350 pixels, and hardly smaller than that"
    assert {file["description"] for file in swept.attachments} == {"웃음 −3에서 +3까지"}
    swept = await asked(stage, "/face sweep", photo, attribute="Smiling")
    assert swept.ephemeral
    other = stage.playground.upload("b.png", photo)
    mixed = await asked(stage, "/face mix", photo, **{"other-photo": other})
    assert list(files(stage, mixed)) == ["mix.gif"]
    for private in (swept, mixed):
        assert private.ephemeral
        assert "나만" in private.content
        public = await stage.playground.press(private, "👀")
        assert not public.ephemeral
        assert "나만" not in public.content
        assert list(files(stage, public)) == list(files(stage, private))


async def test_a_mix_begins_with_one_photo_and_ends_with_the_other(stage: Stage, photo: bytes) -> None:
    darker = encoded((np.asarray(Image.open(io.BytesIO(photo)).convert("RGB")) * 0.6).astype(np.uint8))
    mixed = await asked(stage, "/face mix", photo, **{"other-photo": stage.playground.upload("b.png", darker)})
    stored = stage.playground.world.attachments.get(mixed.attachments[0]["id"])
    assert stored is not None
    walk = Image.open(io.BytesIO(stored[1]))
    frames = {}
    for step, of in ((0, photo), (walk.n_frames // 2, darker)):
        walk.seek(step)
        pixels = np.asarray(Image.open(io.BytesIO(of)).convert("RGB"))
        frames[step] = np.asarray(walk.convert("RGB")).astype(int) - crop(pixels, find(pixels)[0], walk.height)
    assert all(np.abs(frame).mean() < 10 for frame in frames.values())


async def test_where_one_face_is_shown_in_many_ways_the_largest_of_several_is_taken_and_said(
    stage: Stage, photo: bytes
) -> None:
    one = np.asarray(Image.open(io.BytesIO(photo)))
    small = np.full_like(one, 200)
    small[150:350, 450:650] = np.asarray(Image.fromarray(one[100:400, 300:600]).resize((200, 200)))
    both = np.concatenate([one, small], axis=1)
    assert len(find(both)) == 2
    assert "2개 보여서 가장 큰" in (await asked(stage, "/face sweep", encoded(both), attribute="Smiling")).content


async def test_many_at_once_all_get_their_face(stage: Stage) -> None:
    answers = await asyncio.gather(*(stage.playground.command(f"/face smile seed:{n}") for n in range(12)))
    assert all(answer.attachments for answer in answers)


async def test_a_bundle_is_served_by_its_own_crop_sizes_and_attributes(tmp_path: Path, photo: bytes) -> None:
    eyes = ((0.3, 0.35), (0.7, 0.35))
    bundle = faces_bundle.make(
        tmp_path / "bundle",
        more=[faces_bundle.Drawer("vae-32", "vae", size=32, kid=0.4, takes_photos=True)],
        eyes=eyes,
        attributes=("Bangs", "Big_Nose", "Smiling"),
    )
    async with Playground() as playground, played(playground, bundle) as stage:
        answer = await asked(stage, "/face change", photo, attribute="big nose")
        assert "**Big Nose +1.5**" in answer.content
        before = half(files(stage, answer)["before-after.jpg"], 0)
        (found, *_) = find(np.pad(before, ((100, 100), (100, 100), (0, 0)), mode="edge"))
        # It is changed as the bundle has learnt faces, and shown with its hair, as every one is.
        artist = open_models(bundle).artist
        assert artist is not None
        assert artist.eyes == eyes
        for (x, y), (wide, down) in zip((found.left, found.right), EYES, strict=True):
            assert abs(x - 100 - wide * len(before)) < 0.06 * len(before)
            assert abs(y - 100 - down * len(before)) < 0.06 * len(before)
        offered = await playground.autocomplete("/face new", "model", "vae")
        assert [(choice["name"], choice["value"]) for choice in offered] == [("VAE 64", "vae"), ("VAE 32", "vae-32")]
        drawn = await playground.command("/face new", options={"model": "VAE 32", "seed": 3})
        assert drawn.content == "-# VAE 32 AI 모델이 지어낸 얼굴이에요 · 🎲 3"
