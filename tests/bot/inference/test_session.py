"""A text network is opened where its promises are kept, and refused by name where one is not."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.bundle import Bundle, BundleError
from bot.inference.models import open_models
from bot.inference.session import ProviderError, close_idle
from bot.inference.text_session import open_text
from tests import faces_bundle

Edit = Callable[[Path, Callable[[dict[str, Any]], None]], None]


def test_logits_have_a_row_for_each_row_of_ids_at_any_length(bundle: Path) -> None:
    session = open_text(Bundle.open(bundle))
    for batch, time in ((1, 1), (3, 7), (2, 40)):
        logits = session.logits(np.ones((batch, time), dtype=np.int64))
        assert logits.shape == (batch, len(session.tokenizer))
        assert logits.dtype == np.float32


def test_without_a_gpu_it_says_cpu_and_nothing_on_stderr(bundle: Path, capfd: pytest.CaptureFixture[str]) -> None:
    if (session := open_text(Bundle.open(bundle))).provider == "CUDA":
        pytest.skip("there is a GPU here")
    assert session.provider == "CPU"
    assert capfd.readouterr() == ("", "")
    with pytest.raises(ProviderError, match="CUDA was asked for"):
        open_text(Bundle.open(bundle), "cuda")


def test_swapped_or_renamed_inputs_are_refused_by_name(
    tmp_path: Path, write_bundle: Callable[..., Path], graph: Callable[..., bytes]
) -> None:
    pieces = 57
    folder = write_bundle(tmp_path / "a", graph=graph(pieces, inputs="logits", outputs="ids"))
    with pytest.raises(BundleError, match=r"text\.onnx has the inputs logits\["):
        open_models(folder)


def test_a_graph_that_is_replaced_between_its_check_and_its_opening_is_refused(
    tmp_path: Path, write_bundle: Callable[..., Path], graph: Callable[..., bytes]
) -> None:
    checked = Bundle.open(write_bundle(tmp_path / "a", seed=41))  # no other test has it open
    (checked.folder / "text.onnx").write_bytes(graph(40))
    with pytest.raises(BundleError, match=r"text\.onnx was changed while it was opened"):
        open_text(checked)


def test_a_graph_of_another_width_is_refused(
    tmp_path: Path, write_bundle: Callable[..., Path], graph: Callable[..., bytes]
) -> None:
    folder = write_bundle(tmp_path / "a", graph=graph(40))
    with pytest.raises(BundleError, match=r"text\.onnx has the outputs logits\[batch, 40\]"):
        open_models(folder)


def test_a_tokenizer_of_another_size_than_the_logits_is_refused(
    tmp_path: Path, write_bundle: Callable[..., Path], edit_manifest: Edit
) -> None:
    folder = write_bundle(tmp_path / "a")
    edit_manifest(folder, lambda content: content["models"]["text"]["outputs"][0].update(shape=["batch", 12]))
    with pytest.raises(BundleError, match="logits are 12 wide"):
        open_models(folder)


def test_a_frozen_time_axis_is_refused(tmp_path: Path, write_bundle: Callable[..., Path], edit_manifest: Edit) -> None:
    folder = write_bundle(tmp_path / "a")
    edit_manifest(folder, lambda content: content["models"]["text"]["inputs"][0].update(shape=["batch", 5]))
    with pytest.raises(BundleError, match=r"ids\[batch, 5\]"):
        open_models(folder)


def test_a_file_that_is_no_graph_is_refused(tmp_path: Path, write_bundle: Callable[..., Path]) -> None:
    with pytest.raises(BundleError, match=r"text\.onnx is no ONNX graph"):
        open_models(write_bundle(tmp_path / "a", graph=b"not a graph"))


def test_a_bundle_without_words_is_refused(
    tmp_path: Path, write_bundle: Callable[..., Path], edit_manifest: Edit
) -> None:
    folder = write_bundle(tmp_path / "a")
    edit_manifest(folder, lambda content: content["models"]["text"].update(tokenizer=None))
    with pytest.raises(BundleError, match="no tokenizer"):
        open_models(folder)
    edit_manifest(folder, lambda content: content.update(models={}))
    with pytest.raises(BundleError, match="no model 'text'"):
        open_models(folder)


def test_a_bundle_with_a_filter_opens_it(tmp_path: Path, write_bundle: Callable[..., Path]) -> None:
    free = open_models(write_bundle(tmp_path / "a")).speaker.say("윤혜", 6)
    careful = open_models(write_bundle(tmp_path / "b", heard=[free.text])).speaker.say("윤혜", 6)
    assert careful.pieces[:4] == free.pieces[:4]
    assert careful.pieces != free.pieces


def test_what_nobody_asks_for_is_closed_and_opened_again_when_it_is_run(tmp_path: Path) -> None:
    close_idle(0)  # what other tests have opened
    artist = open_models(faces_bundle.make(tmp_path / "bundle")).artist
    assert artist is not None
    assert close_idle(0) == 0  # nothing is open before it is asked for
    latent = artist.latent(1, "vae")
    drawn = artist.draw(latent, "vae")
    assert close_idle(60) == 0
    assert close_idle(0) == 1
    np.testing.assert_array_equal(artist.draw(latent, "vae"), drawn)
