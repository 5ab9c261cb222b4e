"""The artist draws by seed, changes what it is asked to change, and refuses a bundle that breaks its promise."""

from pathlib import Path

import numpy as np
import pytest

from bot.bundle import BundleError, LearntFrom
from bot.inference.models import open_models
from tests import faces_bundle


@pytest.fixture(scope="module")
def artist(tmp_path_factory: pytest.TempPathFactory):
    return open_models(faces_bundle.make(tmp_path_factory.mktemp("faces") / "bundle")).artist


def test_a_seed_draws_the_same_face_and_another_seed_another(artist) -> None:
    one, again, other = (artist.draw(artist.latent(seed, "vae"), "vae") for seed in (1, 1, 2))
    assert one.shape == (1, faces_bundle.SIZE, faces_bundle.SIZE, 3)
    assert one.dtype == np.uint8
    assert (one == again).all()
    assert (one != other).any()


def test_the_usual_generator_is_the_one_whose_smile_works_and_of_equals_the_nearest_to_photos(
    artist, tmp_path: Path
) -> None:
    assert artist.generators == ("vae", "dcgan")
    assert artist.usual == "dcgan"
    better = open_models(faces_bundle.make(tmp_path / "bundle", smiles=(0.9, 0.8))).artist
    assert better is not None
    assert better.usual == "vae"


def test_what_has_seen_people_goes_before_what_has_seen_drawings(tmp_path: Path) -> None:
    drawn = faces_bundle.Drawer("vae-2", "vae", takes_photos=True, learnt_from=LearntFrom.DRAWN)
    both = open_models(faces_bundle.make(tmp_path / "bundle", smiles=(0.6, 0.6), more=[drawn])).artist
    assert both is not None
    assert (both.usual, both.of_photos) == ("dcgan", "vae")


def test_what_the_usual_generator_cannot_change_the_next_best_does(tmp_path: Path) -> None:
    person = faces_bundle.Drawer("people", "vae", drawn=("Smiling",), learnt_from=LearntFrom.PHOTOS)
    artist = open_models(faces_bundle.make(tmp_path / "bundle", smiles=(0.9, 0.8), more=[person])).artist
    assert artist is not None
    assert artist.usual == "people"
    assert artist.attributes("people") == ("Smiling",)
    assert artist.drawn_attributes == ("Smiling", "Bangs", "Pale_Skin")
    assert [artist.drawer(name) for name in artist.drawn_attributes] == ["people", "vae", "vae"]


def test_a_photo_is_offered_what_was_seen_to_work_in_photos(tmp_path: Path) -> None:
    poor = ("Bangs", "Smiling")
    carrying, editing = (
        open_models(faces_bundle.make(tmp_path / str(edits), poor=poor, edits=edits)).artist for edits in (False, True)
    )
    assert carrying is not None
    assert editing is not None
    assert carrying.attributes("vae") == editing.attributes("vae") == faces_bundle.ATTRIBUTES
    assert carrying.photo_attributes == ("Pale_Skin",)
    assert editing.photo_attributes == ("Pale_Skin", "Smiling")


def test_a_smile_changes_the_mouth_and_leaves_the_rest(artist) -> None:
    latent = artist.latent(3, "vae")
    before, after = (artist.draw(artist.moved(latent, "Smiling", by, "vae"), "vae")[0].astype(int) for by in (0, 2))
    changed = np.abs(after - before).max(-1) > 3
    assert changed[44:52].any()
    assert not changed[:36].any()


def test_an_appearance_model_draws_near_its_mean_and_its_strengths_level_off(tmp_path: Path) -> None:
    drawer = faces_bundle.Drawer("faces", "aam")
    artist = open_models(faces_bundle.make(tmp_path / "bundle", more=[drawer])).artist
    assert artist is not None
    assert np.allclose(artist.latent(3, "faces"), 0.7 * artist.latent(3, "vae"))
    least, none, more, most = (face.astype(int) for face in artist.varied(3, "Smiling", (-3, 0, 2, 3), "faces"))
    assert (none == artist.draw(artist.latent(3, "faces"), "faces")[0]).all()
    latent = artist.latent(3, "faces")
    too_much = artist.draw(artist.moved(latent, "Smiling", 3, "faces"), "faces")[0].astype(int)
    changes = [np.abs(face - none).sum() for face in (more, most, too_much)]
    assert 0 < changes[0] < changes[1] < changes[2]
    assert np.abs(least - none).sum() > 0
    usual = artist.varied(3, "Smiling", (3,), "vae")
    assert (usual == artist.draw(artist.moved(artist.latent(3, "vae"), "Smiling", 3, "vae"), "vae")).all()


@pytest.mark.parametrize("how", ["carry", "decode"])
def test_a_photo_is_changed_at_its_own_size_by_carrying_and_at_the_models_by_decoding(artist, how: str) -> None:
    photo = np.random.default_rng(0).integers(80, 180, (200, 200, 3), np.uint8)
    none, some = artist.change(photo, "Smiling", (0, 3), how)
    assert len(some) == (200 if how == "carry" else faces_bundle.SIZE)
    assert (none != some).any()
    if how == "carry":
        assert np.abs(none.astype(int) - photo).mean() < 1
        assert (some[:10] == photo[:10]).all()  # the border stays: it is laid back into a larger picture


@pytest.fixture(scope="module")
def editing(tmp_path_factory: pytest.TempPathFactory):
    return open_models(faces_bundle.make(tmp_path_factory.mktemp("edits") / "bundle", edits=True)).artist


def test_a_photos_smile_is_the_editors_and_nothing_changes_around_it(editing) -> None:
    photo = np.random.default_rng(0).integers(80, 180, (300, 300, 3), np.uint8)
    none, gentle, broad = (each.astype(int) for each in editing.change(photo, "Smiling", (0, 1, 3)))
    assert (none == photo).all()
    mouth = (slice(200, 250), slice(120, 180))
    assert photo[mouth].mean() < gentle[mouth].mean() - 5 < broad[mouth].mean() - 20
    for after in (gentle, broad):
        assert (after[:130] == photo[:130]).all()
        assert (after[:, :50] == photo[:, :50]).all()
        assert (after[:, 250:] == photo[:, 250:]).all()


def test_less_of_a_smile_is_the_editors_where_it_has_learnt_that(tmp_path: Path) -> None:
    folder = faces_bundle.make(tmp_path / "bundle", edits=1)
    faces_bundle.change_manifest(folder, lambda content: content["models"]["editor"].update(both_ways=True))
    artist = open_models(folder).artist
    photo = np.random.default_rng(0).integers(80, 180, (300, 300, 3), np.uint8)
    less, more = (each.astype(int) for each in artist.change(photo, "Smiling", (-2, 2)))
    mouth = (slice(200, 250), slice(120, 180))
    assert less[mouth].mean() < photo[mouth].mean() - 5 < more[mouth].mean() - 10
    assert (less[:130] == photo[:130]).all()


@pytest.mark.parametrize(
    ("attribute", "strength", "how"), [("Smiling", -2, "carry"), ("Bangs", 2, "carry"), ("Smiling", 2, "decode")]
)
def test_what_the_editor_has_not_learnt_is_left_to_the_generator(
    artist, editing, attribute: str, strength: float, how: str
) -> None:
    photo = np.random.default_rng(0).integers(80, 180, (200, 200, 3), np.uint8)
    (without,), (beside,) = (each.change(photo, attribute, (strength,), how) for each in (artist, editing))
    assert (without == beside).all()
    (alone,), (_, among) = (editing.change(photo, attribute, by, how) for by in ((strength,), (1.0, strength)))
    assert (alone == among).all()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda editor: editor["crop"].update(version=9), "another way"),
        (lambda editor: editor["outputs"].pop(), "export it again"),
        (lambda editor: editor["outputs"][0].update(shape=["batch", 20, 20, 2]), "export it again"),
    ],
)
def test_an_editor_that_breaks_its_promise_is_refused(tmp_path: Path, change, said: str) -> None:
    folder = faces_bundle.make(tmp_path / "bundle", edits=True)
    faces_bundle.change_manifest(folder, lambda content: change(content["models"]["editor"]))
    with pytest.raises(BundleError, match=said):
        open_models(folder)


def test_attributes_are_offered_in_the_order_of_the_bundles_list(artist) -> None:
    assert artist.attributes("dcgan") == faces_bundle.ATTRIBUTES


def test_a_bundle_without_faces_has_no_artist() -> None:
    from bot.default_bundle import DEMO_BUNDLE

    models = open_models(DEMO_BUNDLE)
    assert models.artist is None or models.artist.generators


BROKEN = {
    "an encoder without its generator": (lambda m: m["models"].pop("vae"), "not its generator"),
    "another size than it says": (lambda m: m["models"]["dcgan"].update(size=32), r"dcgan\.onnx is no generator"),
    "a direction towards nothing": (lambda m: m["attributes"].remove("Pale_Skin"), "Pale_Skin"),
    "another way of cutting faces out": (
        lambda m: m["models"]["vae-encoder"]["crop"].update(version=2),
        r"vae-encoder .* way 2, .* way 1: .*export again",
    ),
    "another size": (lambda m: m["models"]["dcgan"]["outputs"][0].update(shape=["batch", 32, 32, 3]), "dcgan"),
    "another name": (lambda m: m["models"]["dcgan"]["inputs"][0].update(name="noise"), "noise"),
    "an encoder of another latent": (
        lambda m: m["models"]["vae-encoder"]["outputs"][0].update(shape=["batch", 7]),
        "7",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_bundle_that_breaks_its_promise_is_one_sentence(tmp_path: Path, name: str) -> None:
    change, said = BROKEN[name]
    folder = faces_bundle.make(tmp_path / "bundle")
    faces_bundle.change_manifest(folder, change)
    with pytest.raises(BundleError, match=said):
        open_models(folder)


SECOND = faces_bundle.Drawer("vae-32", "vae", size=32, smiles=1.2, takes_photos=True)


@pytest.fixture(scope="module")
def two_sizes(tmp_path_factory: pytest.TempPathFactory):
    third = faces_bundle.Drawer("mine", "dcgan")
    folder = faces_bundle.make(tmp_path_factory.mktemp("sizes") / "bundle", more=(SECOND, third))
    return open_models(folder).artist


def test_a_second_size_of_one_generator_draws_beside_the_first_under_a_label_of_its_own(two_sizes) -> None:
    assert two_sizes.labels == {
        "vae": "VAE 64",
        "dcgan": "DCGAN dcgan",
        "vae-32": "VAE 32",
        "mine": "DCGAN mine",
    }
    for name, size in (("vae", 64), ("vae-32", 32)):
        assert two_sizes.draw(two_sizes.latent(1, name), name).shape == (1, size, size, 3)


def test_photos_go_to_the_encoder_whose_generator_is_best(two_sizes) -> None:
    assert (two_sizes.of_photos, two_sizes.usual) == ("vae-32", "vae-32")
    photo = np.random.default_rng(0).integers(80, 180, (200, 200, 3), np.uint8)
    (changed,) = two_sizes.change(photo, "Smiling", (3,), "decode")
    assert changed.shape == (32, 32, 3)


def test_an_attribute_that_no_language_knows_can_be_changed_like_any_other(tmp_path: Path) -> None:
    bundle = faces_bundle.make(tmp_path / "bundle", attributes=("Bangs", "Big_Nose", "Smiling"))
    artist = open_models(bundle).artist
    assert artist is not None
    assert "Big_Nose" in artist.attributes("vae")
