"""The container: what the files of the image and of compose promise, as far as no engine is needed to see it."""

import re
from pathlib import Path
from typing import Any

import yaml

from bot.settings import PREFIX, Settings

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
GPU = yaml.safe_load((ROOT / "compose.gpu.yaml").read_text(encoding="utf-8"))


def _bot() -> dict[str, Any]:
    return dict(COMPOSE["services"]["bot"])


def test_the_image_runs_as_nobody_in_particular_and_writes_into_its_data_alone() -> None:
    stages = DOCKERFILE.split("\nFROM ")
    instructions = [line.split()[0] for line in stages[-1].splitlines()[1:] if re.match(r"[A-Z]+ ", line)]
    assert re.search(r"^USER dantok$", stages[-1], re.MULTILINE)
    assert instructions.index("USER") > max(place for place, word in enumerate(instructions) if word in {"RUN", "COPY"})
    assert re.findall(r"^VOLUME (.+)$", stages[-1], re.MULTILINE) == ["/data"]


def test_the_image_names_no_machine_of_one_kind() -> None:
    assert "--platform" not in DOCKERFILE
    assert not re.search(r"x86_64|amd64-", DOCKERFILE)


def test_compose_runs_it_with_a_root_that_cannot_be_written_and_without_rights() -> None:
    bot = _bot()
    assert bot["read_only"] is True
    assert bot["cap_drop"] == ["ALL"]
    assert bot["security_opt"] == ["no-new-privileges:true"]
    assert bot["tmpfs"] == "/tmp"
    assert bot["restart"] == "unless-stopped"
    assert "ports" not in bot
    bundle = next(volume for volume in bot["volumes"] if isinstance(volume, dict))
    assert bundle["read_only"] is True
    assert bundle["bind"] == {"create_host_path": False}


def test_every_volume_that_is_used_is_there_and_every_setting_exists() -> None:
    named = [
        volume.partition(":")[0]
        for service in COMPOSE["services"].values()
        for volume in service["volumes"]
        if isinstance(volume, str)
    ]
    assert set(named) == set(COMPOSE["volumes"])
    settings = {PREFIX + field.upper() for field in Settings.model_fields}
    assert set(_bot()["environment"]) <= settings
    assert set(re.findall(rf"{PREFIX}\w+", DOCKERFILE)) <= settings


def test_the_database_is_there_only_for_whoever_asks_and_no_password_stands_in_the_file() -> None:
    database = COMPOSE["services"]["database"]
    assert database["profiles"] == ["postgresql"]
    assert _bot()["depends_on"]["database"]["required"] is False
    assert database["environment"]["POSTGRES_PASSWORD"].startswith("${POSTGRES_PASSWORD")
    assert "ports" not in database


def test_the_variant_for_a_gpu_is_the_same_image_with_other_pins() -> None:
    pins = GPU["services"]["bot"]["build"]["args"]["PINS"]
    assert (ROOT / "requirements" / f"{pins}.txt").is_file()
    assert re.search(r"^ARG PINS=bot$", DOCKERFILE, re.MULTILINE)
    for name in ("bot", pins):
        assert f"requirements/{name}.txt" in DOCKERFILE
        assert f"!requirements/{name}.txt" in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()


def test_what_asks_whether_it_is_well_asks_for_a_page_that_there_is() -> None:
    asked = re.search(r"http://127\.0\.0\.1:(\d+)(/\w+)", DOCKERFILE)
    assert asked
    assert f"DANTOK_HEALTH_PORT={asked[1]}" in DOCKERFILE
    assert f'"{asked[2]}"' in (ROOT / "bot" / "client" / "health.py").read_text(encoding="utf-8")
