"""A run of words to put faces beside."""

from pathlib import Path

import pytest

from bot.bundle import SPECIALS, Tokenizer, VerbatimFilter
from bot.bundle.files import write_whole
from bot.bundle.verbatim import Held
from training.common.run_folder import write_json
from training.text.config import TextConfig
from training.text.networks import build_network
from training.text.run import TextRun


@pytest.fixture(scope="module")
def trained_text(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a finished run that has learnt nothing."""
    import torch

    torch.manual_seed(0)
    config = TextConfig(embedding=8, hidden=8)
    run = TextRun(tmp_path_factory.mktemp("text") / "run")
    run.begin_with("nothing", config, resumed=False)
    tokenizer = Tokenizer([*SPECIALS, *(f"▁말{number}" for number in range(220))], range(223))
    write_whole(run.tokenizer, tokenizer.to_json())
    run.verbatim.write_bytes(VerbatimFilter.of(Held()).to_bytes())
    network = build_network(config, len(tokenizer))
    for weight in network.parameters():
        torch.nn.init.normal_(weight, std=0.5)
    run.checkpoints.mkdir()
    torch.save({"state_dict": {f"network.{name}": value for name, value in network.state_dict().items()}}, run.best)
    write_json(run.report, {"metrics": {"perplexity": 1.0}, "made": {}})
    return run.folder
