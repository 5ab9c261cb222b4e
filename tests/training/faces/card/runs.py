"""A finished run of faces, made by hand: its small files, as far as a card is made of them."""

import json
from pathlib import Path

from PIL import Image

from bot.bundle import Directions
from bot.bundle.faces import Direction
from training.faces.config import FacesConfig
from training.faces.models import config_of
from training.faces.run import FacesRun


def direction(seen: float, *, drawn: bool = True, photos: bool = True) -> Direction:
    """Return a direction that a judge has seen so often."""
    return Direction((1.0, 0.0), 1.0, {"flips_2": seen, "carry_flips_2": seen / 2, "others_2": 0.1}, drawn, photos)


def finished_run(folder: Path) -> FacesRun:
    """Return a run as training leaves it."""
    run = FacesRun(folder / "run")
    config: FacesConfig = config_of({"kind": "vae"})
    run.begin_with({"size": 64, "fingerprint": "f", "drawn": False}, config, resumed=False)
    found = {"Smiling": direction(0.93), "Wearing_Hat": direction(0.4, drawn=False, photos=False)}
    run.directions.write_text(Directions(2, found).to_json())
    Image.new("RGB", (2400, 60), (200, 120, 90)).save(run.folder / "fresh.png")
    write_report(run, 0.97)
    return run


def write_report(run: FacesRun, nearest: float) -> None:
    """Write the report, by which its faces are so near to photos that it knows."""
    report = {"made": {"vae steps": "9 of 3"}, "metrics": {"kid": 0.5, "nearest_ratio": nearest}, "seconds": {}}
    run.report.write_text(json.dumps(report))
