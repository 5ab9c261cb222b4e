"""Directions travel whole, and a damaged one is refused before anybody draws with it."""

import json

import pytest

from bot.bundle import BundleError, Direction, Directions

GOOD = Directions(2, {"Smiling": Direction((0.6, 0.8), 1.5, {"flips_2": 0.97})})


def test_directions_come_back_as_they_were():
    assert Directions.from_json(GOOD.to_json()) == GOOD


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.pop("latent"),
        lambda d: d.update(latent=3),
        lambda d: d["by_attribute"]["Smiling"].update(vector=[0.6, 0.9]),
        lambda d: d["by_attribute"]["Smiling"].update(vector=[float("nan"), 1.0]),
        lambda d: d["by_attribute"]["Smiling"].update(spread=0),
        lambda d: d["by_attribute"]["Smiling"].pop("measured"),
        lambda d: d["by_attribute"]["Smiling"].update(spread=1e300),
        lambda d: d["by_attribute"]["Smiling"].update(spread=10**400),
        lambda d: d.update(latent=float("inf")),
    ],
)
def test_damaged_directions_are_refused(change):
    content = json.loads(GOOD.to_json())
    change(content)
    with pytest.raises(BundleError, match="export"):
        Directions.from_json(json.dumps(content))


def test_a_file_that_is_no_text_is_refused(tmp_path):
    (tmp_path / "directions.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BundleError, match=r"directions\.json"):
        Directions.open(tmp_path / "directions.json")


def test_directions_nested_beyond_following_are_refused():
    with pytest.raises(BundleError, match="nested"):
        Directions.from_json("[" * 100_000)
