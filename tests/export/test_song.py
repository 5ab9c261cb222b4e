"""The graph of songs says what its network says, of either kind, also when it goes on from its state."""

from pathlib import Path

import pytest
import torch

from bot.bundle import SPECIALS, Tokenizer, VerbatimFilter
from bot.bundle.verbatim import Held
from export.errors import ExportError
from export.song import MOST_OFF, _check, export_song
from tests.bot.conftest import write_bundle_to
from training.common.run_folder import write_json
from training.text.networks import build_network
from training.text.networks.network import TextNetwork
from training.text.run import TextRun
from training.text.song.config import SongConfig
from training.text.song.run import SongRun, TrainedSong

PIECES = (*SPECIALS, *(f"▁말{number}" for number in range(20)))


def _network(config: SongConfig, seed: int) -> TextNetwork:
    torch.manual_seed(seed)
    return build_network(config, len(PIECES)).eval()


@pytest.mark.parametrize("name", ["lstm-2", "gru-2"])
def test_the_graph_equals_its_network_in_one_go_and_step_by_step(tmp_path: Path, name: str) -> None:
    config = SongConfig(network=name, embedding=6, hidden=5)
    run = SongRun.beside(TextRun(write_bundle_to(tmp_path / "run", pieces=PIECES)))
    run.begin(config)
    run.checkpoints.mkdir()
    network = _network(config, 1)
    torch.save({"state_dict": {f"network.{key}": value for key, value in network.state_dict().items()}}, run.best)
    run.verbatim.write_bytes(VerbatimFilter.of(Held((), {"말1말2"})).to_bytes())
    write_json(run.report, {"made": {"network": name}, "metrics": {"loss": 1.0}, "is_better": True})
    (model,) = export_song(run.folder.parent, run.folder.parent, lambda step: None).values()
    # What is proved there goes by whole rows and by what the bot's own reader keeps of them: here by another network.
    tokenizer = Tokenizer.open(TextRun(run.folder.parent).tokenizer)
    other = TrainedSong(_network(config, 2), tokenizer, {}, VerbatimFilter.open(run.verbatim))
    with pytest.raises(ExportError, match="differs from the network"):
        _check(model, other, run.folder.parent, MOST_OFF)
