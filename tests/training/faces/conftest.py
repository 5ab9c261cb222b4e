"""A run of words to put faces beside."""

from pathlib import Path

import pytest

from bot.bundle import SPECIALS, Tokenizer, VerbatimFilter
from bot.bundle.verbatim import Held
from training.common.files import write_whole
from training.text.config import TextConfig
from training.text.networks.recurrent import TextNetwork
from training.text.run import Run, begin, write_report


@pytest.fixture(scope="module")
def trained_text(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a finished run that has learnt nothing."""
    import torch

    torch.manual_seed(0)
    config = TextConfig(embedding=8, hidden=8)
    run = Run(tmp_path_factory.mktemp("text") / "run")
    begin(run, config, "nothing", going_on=False)
    tokenizer = Tokenizer([*SPECIALS, *(f"▁말{number}" for number in range(220))], range(223))
    write_whole(run.tokenizer, tokenizer.to_json())
    run.verbatim.write_bytes(VerbatimFilter.of(Held()).to_bytes())
    network = TextNetwork(config.network, len(tokenizer), config.embedding, config.hidden)
    for weight in network.parameters():
        torch.nn.init.normal_(weight, std=0.5)
    run.checkpoints.mkdir()
    torch.save({"state_dict": {f"network.{name}": value for name, value in network.state_dict().items()}}, run.best)
    write_report(run, {"metrics": {"perplexity": 1.0}, "made": {}})
    return run.folder
