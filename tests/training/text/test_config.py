"""Settings are checked once, and every complaint names the flag."""

import pytest

from training.common.errors import ConfigError, RunError
from training.text.config import TextConfig
from training.text.networks import config_of
from training.text.run import TextRun


@pytest.mark.parametrize(
    ("settings", "flag"),
    [
        ({"network": "mamba"}, "--network"),
        ({"dropout": 1.0}, "--dropout"),
        ({"dropout": float("nan")}, "--dropout"),
        ({"held_out": 0.9}, "--held-out"),
        ({"epochs": 0}, "--epochs"),
        ({"session_gap": 0}, "--session-gap"),
        ({"heads": 4}, "--heads does not go with --network bigru"),
    ],
)
def test_a_wrong_setting_is_named_by_its_flag(settings: dict[str, object], flag: str) -> None:
    with pytest.raises(ConfigError, match=flag):
        config_of(settings)


def test_settings_come_back_from_the_run_folder(tmp_path) -> None:
    config, run = TextConfig(network="lstm", dropout=0.25, seed=3), TextRun(tmp_path / "run")
    run.begin(config)
    assert run.read_config() == config


@pytest.mark.parametrize("text", ["", "[]", "null", "{", '{"nothing": 1}', '{"epochs": "many"}', '{"network": "old"}'])
def test_a_file_that_is_no_configuration_is_refused(tmp_path, text: str) -> None:
    run = TextRun(tmp_path)
    run.config.write_text(text)
    with pytest.raises(RunError, match=r"config\.json"):
        run.read_config()


def test_differences_name_flag_and_both_values() -> None:
    assert TextConfig().differences(TextConfig()) == []
    (difference,) = TextConfig(held_out=0.1).differences(TextConfig(held_out=0.2))
    assert difference == "--held-out 0.1 there, 0.2 here"
