"""An editor is learnt from photos alone, goes on after a kill as if nothing had been, and leaves a photo at 0 alone."""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from PIL import Image
from rich.console import Console

from bot.photos import standard
from bot.photos.editing import Fields as BotFields
from bot.photos.editing import edited
from tests.training.faces.face_api_package import expression_shapes, trust, write_network
from training.common.errors import FacesError, RunError
from training.common.exported_weights import shipped_bundle
from training.common.progress import Stages
from training.faces.attributes import expression as expressions
from training.faces.attributes.expression import Expression
from training.faces.data.dataset import Faces, write_faces
from training.faces.data.labels import ATTRIBUTES
from training.faces.drawing import Identity, portrait
from training.faces.editor import evaluate, examples, pipeline, visibility
from training.faces.editor.card import editor_card
from training.faces.editor.config import EditorConfig
from training.faces.editor.fields import Fields, apply, lower, put_back, windows
from training.faces.editor.initial_weights import editor_weights, visibility_weights
from training.faces.editor.landmarks import spread
from training.faces.editor.lighting import Light
from training.faces.editor.network import EditorNetwork
from training.faces.editor.neutralise import neutralised
from training.faces.editor.occlusion import drawn_like, occluded, sketched
from training.faces.editor.pipeline import EditorPipeline
from training.faces.editor.run import EditorRun, load_editor, load_network, load_state, load_visibility

TINY = EditorConfig(width=1, steps=3, teaching=2, batch=2, every=2)
PEOPLE = 30
_EXPRESSION = "face_expression_model"


def ignore(*_: int) -> None:
    """Show no progress."""


def stages() -> Stages:
    return Stages(Console(quiet=True))


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a package that holds an expression network which has learnt nothing, in the package's own form."""
    folder = tmp_path_factory.mktemp("package")
    write_network(folder, _EXPRESSION, expression_shapes())
    return folder


@pytest.fixture(scope="module", autouse=True)
def trusted(package: Path) -> Iterator[None]:
    """Let the package pass for the real one, and the drawn faces' own labels for what its network sees."""
    seen = {portrait_of(number)[0].tobytes(): number % 2 for number in range(PEOPLE)}

    def happiness(_: object, crops: np.ndarray, __: object) -> np.ndarray:
        return np.array([6.0 * seen.get(crop.tobytes(), 1) - 3 for crop in crops], np.float32)

    with pytest.MonkeyPatch.context() as patch:
        trust(patch, package, _EXPRESSION)
        for module in (examples, evaluate):
            patch.setattr(module, "happiness", happiness)
        yield


@cache
def portrait_of(number: int) -> tuple[np.ndarray, str]:
    smiling = bool(number % 2)
    face = portrait(Identity.of(number), {"Smiling": smiling, "Mouth_Slightly_Open": smiling}, 128)
    return face, f"{number // 2:03}_{'smiling' if smiling else 'neutral'}.png"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("faces") / "data"
    faces = [portrait_of(number) for number in range(PEOPLE)]
    labels = np.zeros((PEOPLE, len(ATTRIBUTES)), np.int8)
    labels[:, ATTRIBUTES.index("Male")] = np.arange(PEOPLE) % 3 - 1
    write_faces(folder, [face for face, _ in faces], [name for _, name in faces], labels)
    return folder


def start(data: Path, out: Path, package: Path, config: EditorConfig = TINY, **more: Path | None) -> None:
    pairs, init = more.get("pairs", data), more.get("init")
    drawings = [portrait_of(number)[0] for number in (1, 2)]
    from_scratch = init is None and config.width != EditorConfig().width
    pipeline = EditorPipeline(
        config, data, out, package, pairs, init, from_scratch, drawings, "Anybody, CC BY", stages()
    )
    pipeline.start(force=False)


@pytest.fixture(scope="module")
def whole(data: Path, package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a run that nothing stopped."""
    folder = tmp_path_factory.mktemp("runs") / "whole"
    start(data, folder, package)
    return folder


def test_the_same_faces_give_the_same_editor_whether_it_was_stopped_or_not(
    data: Path, package: Path, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = json.loads((whole / "report.json").read_text())
    assert report["metrics"]["held_out"] > 0
    assert report["made"]["editor photos"] == "Anybody, CC BY"
    advance = pipeline.EditorTraining.advance

    def killed(self: pipeline.EditorTraining) -> dict[str, float]:
        if self.step == 2:  # at a checkpoint: where it is not, the step is taken again
            raise KeyboardInterrupt
        return advance(self)

    with monkeypatch.context() as while_killed, pytest.raises(KeyboardInterrupt):
        while_killed.setattr(pipeline.EditorTraining, "advance", killed)
        start(data, tmp_path / "stopped", package)
    with pytest.raises(RunError, match="not finished"):
        load_editor(tmp_path / "stopped")
    start(data, tmp_path / "stopped", package)
    assert (tmp_path / "stopped" / "history.json").read_text() == (whole / "history.json").read_text()
    one, other = (load_editor(folder).network.state_dict() for folder in (whole, tmp_path / "stopped"))
    assert all(torch.equal(one[name], other[name]) for name in one)


def test_of_what_is_learnt_further_a_part_may_be_kept(data: Path, package: Path, whole: Path, tmp_path: Path) -> None:
    start(data, tmp_path / "half way", package, replace(TINY, moved=0.5), init=whole)
    before, half_way = (load_editor(folder).network.state_dict() for folder in (whole, tmp_path / "half way"))
    further = load_state(EditorRun(tmp_path / "half way"))["all the way"]
    assert any(not torch.equal(before[name], further[name]) for name in before)
    assert all(torch.allclose(half_way[name], (before[name] + further[name]) / 2, atol=1e-6) for name in before)
    with pytest.raises(RunError, match="another --width: 1"):
        start(data, tmp_path / "wider", package, replace(TINY, width=2), init=whole)


def test_a_training_that_begins_with_a_run_goes_on_with_its_critic_which_a_kill_does_not_change(
    data: Path, package: Path, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = load_state(EditorRun(whole))
    critics = []
    advance = pipeline.EditorTraining.advance

    def noted(self: pipeline.EditorTraining) -> dict[str, float]:
        if self.step == 0:
            critics.append({name: each.clone() for name, each in self.critic.state_dict().items()})
            raise KeyboardInterrupt
        return advance(self)

    monkeypatch.setattr(pipeline.EditorTraining, "advance", noted)
    for _ in range(2):  # begun, and gone on with after the kill
        with pytest.raises(KeyboardInterrupt):
            start(data, tmp_path / "second", package, init=whole)
    for critic in critics:
        assert all(torch.equal(critic[name], before["critic"][name]) for name in critic)
    taught = load_state(EditorRun(tmp_path / "second"))
    assert any(not torch.equal(taught["teacher"][name], before["teacher"][name]) for name in before["teacher"])


def test_hard_light_changes_contrast_and_edges_and_what_is_compared_alike() -> None:
    crop, half = np.full((128, 128, 3), 100, np.uint8), np.full((128, 128, 3), 100, np.uint8)
    crop[:, 64:], half[:64, 64:] = 140, 140
    hard = Light(contrast=2.0, brighter=10.0, across=0.0, down=0.0, sharpened=0.0)
    assert set(np.unique(hard.on(crop, 120.0))) == {90, 170}
    assert (hard.on(crop, 120.0)[:64] == hard.on(half, 120.0)[:64]).all()
    aside = replace(hard, contrast=1.0, across=0.5).on(half, 120.0)[100, :, 0].astype(int)
    assert (np.diff(aside) >= 0).all()
    assert aside[-1] > 1.5 * aside[0]
    sharp = replace(hard, contrast=1.0, sharpened=1.0).on(crop, 120.0)[64, :, 0].astype(int)
    assert sharp.max() > 150 + 3  # a halo at the edge
    assert sharp.min() < 110 - 3
    random = np.random.default_rng(0)
    drawn = [Light.drawn(random, 0.5) for _ in range(200)]
    assert not any(Light.drawn(random, 0.0) for _ in range(50))
    assert 60 < drawn.count(None) < 140
    assert max(light.contrast for light in drawn if light) > 1.6


def test_the_card_shows_people_before_and_after_and_says_when_few_smile(
    data: Path, package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    faces, kept_out = Faces.open(data), [2 * (number >= PEOPLE - 6) for number in range(PEOPLE)]
    write_faces(tmp_path / "parted", faces.images, faces.names, faces.labels, partition=kept_out)
    start(tmp_path / "parted", tmp_path / "run", package, pairs=None)
    run = EditorRun(tmp_path / "run")
    page = run.card.read_text("utf-8")
    for sheet in (run.more, run.less):
        with Image.open(sheet) as picture:
            assert picture.width % (4 * 128) == 0  # the photo and three strengths
    assert page.count("data:image/jpeg") == 2
    assert page.count("<polyline") == 5
    assert "100명 가운데 100명을 웃게 해요" in page  # whatever is changed counts as a smile here
    report = json.loads(run.report.read_text())
    report["metrics"]["labeller_sees_1"] = 0.4
    run.report.write_text(json.dumps(report))
    assert 'class="bad"' not in page
    assert 'class="bad"' in editor_card(run, "en").html()
    run.history.unlink()  # a run of before
    assert "<polyline" not in editor_card(run, "en").html()


def test_a_run_of_other_faces_and_drawn_ones_are_refused(data: Path, package: Path, tmp_path: Path) -> None:
    faces, run = Faces.open(data), EditorRun(tmp_path / "run")
    run.begin(TINY)
    (run.about).write_text(json.dumps({"fingerprint": "another", "pairs": None}))
    with pytest.raises(RunError, match="something else"):
        start(data, run.folder, package)
    write_faces(tmp_path / "drawn", faces.images, faces.names, faces.labels, drawn=True)
    with pytest.raises(FacesError, match="drawn"):
        start(tmp_path / "drawn", tmp_path / "none", package)
    write_faces(tmp_path / "small", faces.images[:, ::2, ::2], faces.names, faces.labels)
    with pytest.raises(FacesError, match="--size 128"):
        start(tmp_path / "small", tmp_path / "none", package)
    write_faces(tmp_path / "alone", faces.images, [f"{name}.png" for name in map(str, range(PEOPLE))], faces.labels)
    with pytest.raises(FacesError, match="no pairs"):
        start(data, tmp_path / "unpaired", package, pairs=tmp_path / "alone")


def test_with_another_critic_it_learns_something_else(data: Path, package: Path, whole: Path, tmp_path: Path) -> None:
    start(data, tmp_path / "wgan-gp", package, replace(TINY, critic="wgan-gp"))
    one, other = (load_editor(folder).network.state_dict() for folder in (whole, tmp_path / "wgan-gp"))
    assert any(not torch.equal(one[name], other[name]) for name in one)


def test_a_group_begins_with_the_editor_that_comes_with_the_bot(data: Path, package: Path, tmp_path: Path) -> None:
    start(data, tmp_path / "run", package, replace(TINY, width=EditorConfig().width, steps=1, rate=1e-6))
    run = EditorRun(tmp_path / "run")
    learnt, visible = load_network(run).state_dict(), load_visibility(run)
    for name, weights in editor_weights(shipped_bundle(), learnt).items():
        torch.testing.assert_close(learnt[name], weights, atol=1e-4, rtol=1e-2)
    assert visible is not None
    for name, weights in (visibility_weights(shipped_bundle(), visible.state_dict()) or {}).items():
        torch.testing.assert_close(visible.state_dict()[name], weights)
    with pytest.raises(RunError, match="--from-scratch"):
        start(data, tmp_path / "narrow", package, TINY, init=shipped_bundle())


def test_what_lies_before_a_mouth_hides_it_and_nothing_else_changes() -> None:
    face, other = portrait_of(1)[0], portrait_of(2)[0]
    random = np.random.default_rng(0)
    for _ in range(20):
        changed = (occluded(face, other, random) != face).any(2)
        assert changed[94:106, 58:70].mean() > 0.5
        assert not changed[:40].any()


def test_a_face_as_if_drawn_has_the_shape_of_the_face() -> None:
    face, random = portrait_of(1)[0], np.random.default_rng(0)
    for _ in range(8):
        drawn = drawn_like(face, random)
        assert drawn.shape == face.shape
        assert drawn.dtype == np.uint8
        assert (drawn != face).any(2).mean() > 0.2


def test_whose_mouth_can_be_seen_is_learnt_from_photos_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visibility, "_BATCH", 16)
    crops = np.stack([portrait_of(number)[0] for number in range(PEOPLE)])
    none = np.zeros((0, 128, 128, 3), np.uint8)
    network = visibility.learn_visibility(crops[:24], none, 3, 60, ignore)
    dark = [cv2.ellipse(crop.copy(), (64, 100), (32, 24), 0, 0, 360, (40, 40, 44), -1) for crop in crops[24:]]
    sketches = [sketched(128, np.random.default_rng(number)) for number in range(6)]
    with torch.inference_mode():
        seen, hidden, drawn = (network.log_odds(windows(np.stack(faces))) for faces in (crops[24:], dark, sketches))
    assert seen.mean() > max(hidden.mean(), drawn.mean()) + 1
    assert network(windows(crops[24:])).mean() > 0.9


def random_network() -> EditorNetwork:
    """Return a network that changes a lot."""
    torch.manual_seed(3)
    network = EditorNetwork(8, torch.randn(2, 20, 20) * 0.05)
    for way in (network.more, network.less):
        for head in (way.flow, way.shade, way.fine, way.tint):
            torch.nn.init.normal_(head.weight, std=0.1)
    return network.eval()


def test_each_face_is_changed_the_same_whoever_else_is_changed_which_way() -> None:
    network, window = random_network(), torch.rand(4, 3, 80, 80)
    strength = torch.tensor([[1.0], [-1.0], [0.5], [-0.2]])
    with torch.inference_mode():
        pairs = zip(network(window, strength), network.sorted_by_way(window, strength), strict=True)
        assert all(torch.allclose(one, other, atol=1e-5) for one, other in pairs)
        alone = network.sorted_by_way(window[:1], strength[:1])
        assert torch.allclose(alone.alpha, network(window, strength).alpha[:1], atol=1e-5)


def smooth_crops(count: int) -> np.ndarray:
    noise = np.random.default_rng(5).integers(0, 256, (count, 10, 10, 3), np.uint8)
    return np.stack([cv2.resize(each, (128, 128), interpolation=cv2.INTER_CUBIC) for each in noise])


def test_a_strength_of_nothing_changes_nothing_and_nothing_moves_above_the_lids() -> None:
    network, window = random_network(), torch.rand(3, 3, 80, 80)
    with torch.inference_mode():
        still, fields, less = (network(window, torch.full((3, 1), strength)) for strength in (0.0, 1.5, -1.5))
    assert not any(field.any() for field in still[:3])
    assert all(not torch.equal(field, other) for field, other in zip(fields[:3], less[:3], strict=True))
    assert 0 <= less.alpha.min() < less.alpha.max() <= 1
    assert all(field.abs().max() > 0.01 for field in fields)
    assert not fields.flow[:, :, :6].any()
    assert not fields.shade[:, :, :6].any()
    assert not fields.alpha[:, :, :30].any()
    outside = [fields.alpha[..., 0], fields.alpha[..., -1], fields.alpha[:, :, -1]]
    assert not any(border.any() for border in outside)


def test_a_grey_photo_stays_grey_whatever_the_network_says() -> None:
    grey = torch.rand(2, 1, 80, 80).expand(2, 3, 80, 80)
    with torch.inference_mode():
        changed = apply(grey, random_network()(grey, torch.full((2, 1), 1.5)))
    assert (changed - grey).abs().mean() > 0.01
    assert (changed.amax(1) - changed.amin(1)).max() < 1e-3


def test_the_bot_changes_a_photo_as_the_network_learnt_it() -> None:
    crops = smooth_crops(2)
    network, tensor = random_network(), torch.from_numpy(crops).permute(0, 3, 1, 2).float() / 255
    with torch.inference_mode():
        fields = network(lower(tensor), torch.ones(2, 1))
        learnt = put_back(tensor, apply(lower(tensor), fields)).mul(255).permute(0, 2, 3, 1).numpy()
    for index, crop in enumerate(crops):
        own = BotFields(*(field[index].permute(1, 2, 0).numpy().copy() for field in fields))
        shown = edited(crop, standard(128), own)
        off, change = (np.abs(each - learnt[index])[50:122, 28:100].mean() for each in (shown, crop))
        assert off < 0.08 * change
        assert change > 5


def test_a_field_is_what_it_should_be_at_its_points_and_nothing_far_away() -> None:
    at, move = np.array([[0.5, 0.5], [0.52, 0.7]]), np.array([[0.03, 0.0], [0.0, -0.02]])
    field = spread(at, move, 100, 0.05)
    assert np.allclose(field[50, 50], move[0], atol=0.004)
    assert np.allclose(field[70, 52], move[1], atol=0.004)
    assert np.abs(field[:15]).max() < 1e-4


def test_a_grin_made_neutral_shows_no_teeth_and_a_narrower_mouth() -> None:
    crop = np.full((128, 128, 3), (200, 160, 140), np.uint8)
    cv2.ellipse(crop, (64, 92), (24, 13), 0, 0, 360, (170, 60, 70), -1)
    cv2.ellipse(crop, (64, 92), (20, 8), 0, 0, 360, (250, 250, 250), -1)
    points, move = np.full((68, 2), 0.5), np.zeros((68, 2))
    points[:48, 1] = np.linspace(0.1, 0.5, 48)

    def around(first: int, count: int, wide: float, high: float) -> None:
        for index in range(count):
            turn = np.pi + 2 * np.pi * index / count
            points[first + index] = np.array([64 + wide * np.cos(turn), 92 + high * np.sin(turn)]) / 128

    around(48, 12, 24, 13)
    around(60, 8, 20, 8)
    move[48:, 0] = 0.2 * (points[48:, 0] - 0.5)
    after, half = (neutralised(crop[None], points[None], move, share, 0, ignore)[0] for share in (1.0, 0.5))
    assert (crop.min(2) > 240).sum() > 300
    assert 60 < (half.min(2) > 240).sum() < 0.8 * (crop.min(2) > 240).sum()
    assert not (after.min(2) > 200).any()
    red = [np.ptp(np.nonzero((face[..., 1] < 110).any(0))[0]) for face in (crop, after)]
    assert red[1] < red[0]
    assert red[1] < np.ptp(np.nonzero((half[..., 1] < 110).any(0))[0]) < red[0]
    assert (after[:40] == crop[:40]).all()


def test_the_expression_network_reads_narrow_and_wide_weights_and_gradients_pass(package: Path) -> None:
    with pytest.raises(FacesError, match="@vladmandic/face-api"):
        Expression(package / "elsewhere")
    network = Expression(package)
    crops = torch.rand(2, 3, 128, 128, requires_grad=True)
    odds = network(crops)
    odds.sum().backward()
    assert odds.shape == (2,)
    assert crops.grad is not None
    assert crops.grad.abs().sum() > 0
    many = (np.random.default_rng(0).random((3, 128, 128, 3)) * 255).astype(np.uint8)
    assert expressions.happiness(network, many, ignore).shape == (3,)


def test_fields_that_say_nothing_leave_a_window_as_it_is() -> None:
    window = torch.rand(1, 3, 80, 80)
    nothing = Fields(torch.zeros(1, 2, 40, 40), torch.zeros(1, 3, 40, 40), torch.zeros(1, 1, 80, 80), window)
    assert torch.allclose(apply(window, nothing), window, atol=1e-5)
