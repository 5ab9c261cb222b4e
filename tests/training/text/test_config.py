"""Settings are checked once, and every complaint names the flag."""

import pytest

from training.common.errors import ConfigError
from training.text.config import TextConfig


@pytest.mark.parametrize(
    ("settings", "flag"),
    [
        ({"network": "transformer"}, "--network"),
        ({"dropout": 1.0}, "--dropout"),
        ({"dropout": float("nan")}, "--dropout"),
        ({"held_out": 0.9}, "--held-out"),
        ({"epochs": 0}, "--epochs"),
        ({"session_gap": 0}, "--session-gap"),
    ],
)
def test_a_wrong_setting_is_named_by_its_flag(settings: dict[str, object], flag: str) -> None:
    with pytest.raises(ConfigError, match=flag):
        TextConfig(**settings)  # type: ignore[arg-type]


def test_settings_come_back_from_the_run_folder() -> None:
    config = TextConfig(network="lstm", dropout=0.25, seed=3)
    assert TextConfig.from_json(config.to_json()) == config


@pytest.mark.parametrize("text", ["", "[]", "{", '{"nothing": 1}', '{"epochs": "many"}'])
def test_a_file_that_is_no_configuration_is_refused(text: str) -> None:
    with pytest.raises(ConfigError, match=r"config\.json"):
        TextConfig.from_json(text)


def test_differences_name_flag_and_both_values() -> None:
    assert TextConfig().differences(TextConfig()) == []
    (difference,) = TextConfig(held_out=0.1).differences(TextConfig(held_out=0.2))
    assert difference == "--held-out 0.1 there, 0.2 here"
