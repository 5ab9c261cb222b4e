"""Every wrong setting is named in one go, and no secret is repeated."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.default_bundle import DEMO_BUNDLE
from bot.settings import BundleSettings, Settings, SettingsError, read


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"DANTOK_{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _sentences() -> list[str]:
    with pytest.raises(SettingsError) as error:
        read(Settings)
    return str(error.value).splitlines()


def test_a_token_is_all_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DANTOK_TOKEN", " abc.def.ghi\n")
    settings = read(Settings)
    assert settings.token.get_secret_value() == "abc.def.ghi"
    assert settings.bundle == DEMO_BUNDLE
    assert "abc" not in repr(settings)


def test_the_environment_goes_before_the_file(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (elsewhere / ".env").write_text("DANTOK_TOKEN=a\nDANTOK_TEMPERATURE=1.5\nDANTOK_GUILD=\n", encoding="utf-8")
    monkeypatch.setenv("DANTOK_TEMPERATURE", "0.5")
    settings = read(Settings)
    assert (settings.temperature, settings.guild) == (0.5, None)


def test_ones_own_bundle_goes_before_the_one_that_ships(elsewhere: Path) -> None:
    (elsewhere / "bundle").mkdir()
    assert read(BundleSettings).bundle == Path("bundle")


def test_every_wrong_setting_is_named_at_once(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (elsewhere / ".env").write_text("DANTOK_QUEUE_SIZE=many\nDANTOK_TEMPERATUR=1\n", encoding="utf-8")
    monkeypatch.setenv("DANTOK_PROVIDER", "gpu")
    monkeypatch.setenv("DANTOK_TEMPERATURE", "3")
    assert _sentences() == [
        "DANTOK_TEMPERATUR is no setting: did you mean DANTOK_TEMPERATURE?",
        "DANTOK_PROVIDER is wrong: it must be auto, cuda or cpu.",
        "DANTOK_TOKEN is missing: it must be the token from the Bot page of your application on Discord, in one word.",
        "DANTOK_TEMPERATURE is wrong: it must be a number from 0 to 2.",
        "DANTOK_QUEUE_SIZE is wrong: it must be a whole number from 1 to 10,000.",
    ]


def test_a_wrong_token_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DANTOK_TOKEN", "Bot secret-secret")
    (sentence,) = _sentences()
    assert sentence.startswith("DANTOK_TOKEN is wrong")
    assert "secret" not in sentence


def test_a_file_that_is_no_text_is_one_sentence(elsewhere: Path) -> None:
    (elsewhere / ".env").write_bytes("DANTOK_TOKEN=가나다".encode("cp949"))
    assert any("not a UTF-8 text file" in sentence for sentence in _sentences())


def test_the_example_file_names_every_setting() -> None:
    example = (Path(__file__).parents[2] / ".env.example").read_text(encoding="utf-8")
    for name in Settings.model_fields:
        assert f"DANTOK_{name.upper()}=" in example


@pytest.mark.parametrize("name", ["DATA", "BUNDLE"])
@pytest.mark.parametrize("path", ["x" * 10_000, "a\0b"], ids=["too long", "NUL"])
def test_a_path_that_cannot_be_is_one_sentence(elsewhere: Path, name: str, path: str) -> None:
    (elsewhere / ".env").write_text(f'DANTOK_TOKEN=a\nDANTOK_{name}="{path}"\n', encoding="utf-8")
    assert _sentences() == [f"DANTOK_{name} is wrong: it must be {Settings.model_fields[name.lower()].description}."]


@pytest.mark.parametrize("kind", ["pipe", "folder"])
def test_a_dotenv_that_is_no_file_is_one_sentence(elsewhere: Path, kind: str) -> None:
    if kind == "folder":
        (elsewhere / ".env").mkdir()
    elif hasattr(os, "mkfifo"):
        os.mkfifo(elsewhere / ".env")
    else:
        pytest.skip("Windows has no such files")
    (sentence,) = _sentences()
    assert sentence.startswith(".env cannot be read")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("QUIET_HOURS", "24-8"),
        ("QUIET_HOURS", "23"),
        ("TIME_ZONE", "Seoul Time"),
        ("TIME_ZONE", "../x"),
        ("UNASKED", "1"),
        ("SHARDS", "4/4"),
        ("SHARDS", "3-1/4"),
        ("SHARDS", "0"),
    ],
)
def test_what_is_no_hour_zone_switch_or_shard_is_one_sentence(elsewhere: Path, name: str, value: str) -> None:
    (elsewhere / ".env").write_text(f"DANTOK_TOKEN=a\nDANTOK_{name}={value}\n", encoding="utf-8")
    assert _sentences() == [f"DANTOK_{name} is wrong: it must be {Settings.model_fields[name.lower()].description}."]


@pytest.mark.parametrize(("given", "shards"), [("2/4", (range(2, 3), 4)), ("0-3/16", (range(4), 16)), ("", None)])
def test_a_process_has_the_shards_that_are_set(elsewhere: Path, given: str, shards: tuple[range, int] | None) -> None:
    (elsewhere / ".env").write_text(f"DANTOK_TOKEN=a\nDANTOK_SHARDS={given}\n", encoding="utf-8")
    assert read(Settings).shard_ids() == shards


def test_quiet_hours_are_by_the_clocks_of_the_zone(elsewhere: Path) -> None:
    (elsewhere / ".env").write_text("DANTOK_TOKEN=a\nDANTOK_TIME_ZONE=Europe/Berlin\n", encoding="utf-8")
    quiet = read(Settings).quiet()
    assert quiet.cover(datetime(2026, 7, 1, 21, 0, tzinfo=UTC))
    assert not quiet.cover(datetime(2026, 7, 1, 20, 59, tzinfo=UTC))
