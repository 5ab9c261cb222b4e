"""An editor's graph says what its network says, in the strengths that members know."""

from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from bot.bundle import Bundle, Manifest
from bot.bundle.manifest import MANIFEST
from bot.inference.editor import open_editor
from bot.photos import standard
from export import editor as exporting
from export.editor import export_editor
from export.errors import ExportError
from training.faces.editor.fields import apply, lower, put_back
from training.faces.editor.initial_weights import visibility_weights
from training.faces.editor.network import EditorNetwork
from training.faces.editor.run import TrainedEditor
from training.faces.editor.visibility import Visibility


def network(seed: int) -> EditorNetwork:
    """Return a network that changes a lot."""
    torch.manual_seed(seed)
    made = EditorNetwork(8, torch.randn(2, 20, 20) * 0.05)
    for way in (made.more, made.less):
        for head in (way.flow, way.shade, way.fine, way.tint):
            torch.nn.init.normal_(head.weight, std=0.1)
    return made.eval()


def test_the_bot_changes_a_photo_as_the_network_that_was_exported_says(tmp_path: Path) -> None:
    trained = TrainedEditor(network(1), {"held_out": 3.0}, {})
    models = export_editor(trained, tmp_path, lambda _: None)
    editor = open_editor(Bundle(tmp_path, Manifest({}, models)), "cpu")
    assert editor is not None
    small = np.random.default_rng(2).integers(0, 256, (10, 10, 3), np.uint8)
    crop = cv2.resize(small, (128, 128), interpolation=cv2.INTER_CUBIC)
    whole = torch.from_numpy(crop)[None].permute(0, 3, 1, 2).float() / 255
    for strength in (1.0, 2.5, -2.0):
        with torch.inference_mode():
            fields = trained.network(lower(whole), torch.full((1, 1), strength / 2))
            learnt = put_back(whole, apply(lower(whole), fields)).mul(255)[0].permute(1, 2, 0).numpy()
        shown = editor.smile(crop, standard(128), strength)
        off, change = (np.abs(each - learnt)[50:122, 28:100].mean() for each in (shown, crop))
        assert off < 0.08 * change
    assert (editor.smile(crop, standard(128), 0.0) == crop).all()


def test_a_face_whose_mouth_cannot_be_seen_is_left_alone_and_who_tells_that_can_be_read_back(tmp_path: Path) -> None:
    torch.manual_seed(4)
    visibility = Visibility().eval()
    for weights in visibility.parameters():
        torch.nn.init.normal_(weights, std=0.1)  # what is equal twice is written once
    crop = np.random.default_rng(2).integers(0, 256, (128, 128, 3), np.uint8)
    changed = []
    for threshold in (-1e3, 1e3):
        visibility.threshold.fill_(threshold)
        models = export_editor(TrainedEditor(network(1), {}, {}, visibility=visibility), tmp_path, lambda _: None)
        editor = open_editor(Bundle(tmp_path, Manifest({}, models)), "cpu")
        assert editor is not None
        changed.append((editor.smile(crop, standard(128), 2.0) != crop).any())
    assert changed == [True, False]
    (tmp_path / MANIFEST).write_text(Manifest({}, models).to_json(), encoding="utf-8")
    weights_again = visibility_weights(tmp_path, visibility.state_dict())
    assert weights_again is not None
    for name, learnt in visibility.state_dict().items():
        torch.testing.assert_close(weights_again[name], learnt, atol=1e-3, rtol=1e-3)


@pytest.mark.parametrize("threshold", [None, -1e6, 1e6])
def test_a_graph_that_is_another_network_is_refused_also_where_it_would_leave_all_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, threshold: float | None
) -> None:
    visibility = None if threshold is None else Visibility().eval()
    if visibility is not None and threshold is not None:
        visibility.threshold.fill_(threshold)
    keep, trained = exporting.write_graph, TrainedEditor(network(1), {}, {}, visibility=visibility)
    other = network(1)
    other.more.mean_flow.data += 0.01  # and what is drawn stays the same
    monkeypatch.setattr(
        exporting, "write_graph", lambda _, *rest: keep(exporting._Edits(other.eval(), visibility), *rest)
    )
    with pytest.raises(ExportError, match="differs from its network"):
        export_editor(trained, tmp_path, lambda _: None)
