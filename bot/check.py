"""Everything that can be known to be right or wrong before the bot goes to Discord, as a table."""

import platform
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import onnxruntime
from pydantic import SecretStr
from rich.table import Table

from bot.bundle import BundleError
from bot.errors import OwnerError
from bot.inference.session import Provider
from bot.inference.voice import Voice, open_voice
from bot.settings import PREFIX, BundleSettings, Settings, SettingsError, read
from bot.shipped import usual_bundle


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; ``well`` is False where the bot cannot run like this."""

    what: str
    found: str
    well: bool = True


def findings() -> list[Finding]:
    """Look at the settings, the bundle, what it really runs on, and the versions."""
    return [*_settings(), *_bundle(), *_versions()]


def table(found: list[Finding]) -> Table:
    """Return the findings for people."""
    rows = Table(show_header=False, box=None, padding=(0, 1))
    for finding in found:
        sign = "[green]✓[/]" if finding.well else "[red]✗[/]"
        rows.add_row(sign, finding.what, finding.found, style="" if finding.well else "red")
    return rows


def _settings() -> Iterator[Finding]:
    try:
        settings = read(Settings)
    except SettingsError as error:
        for sentence in str(error).splitlines():
            yield Finding("setting", sentence, well=False)
        return
    for field in Settings.model_fields:
        value = getattr(settings, field)
        shown = "set" if isinstance(value, SecretStr) else "–" if value is None else str(value)
        yield Finding(f"{PREFIX}{field.upper()}", shown)


def _bundle() -> Iterator[Finding]:
    folder, provider = _where()
    try:
        voice = open_voice(folder, provider)
    except (BundleError, OwnerError) as error:
        yield Finding("bundle", str(error), well=False)
        return
    yield from _voice(voice)


def _where() -> tuple[Path, Provider]:
    """Return which bundle is meant, even where other settings are wrong."""
    try:
        settings = BundleSettings()
    except ValueError:
        return usual_bundle(), "auto"
    return settings.bundle, settings.provider


def _voice(voice: Voice) -> Iterator[Finding]:
    yield Finding("bundle", str(voice.bundle.folder.resolve()))
    for key, value in voice.bundle.manifest.made.items():
        yield Finding(f"  {key}", value)
    for name, model in voice.bundle.manifest.models.items():
        metrics = ", ".join(f"{metric} {value:.4g}" for metric, value in model.metrics.items())
        yield Finding(f"  model {name}", metrics or "no metrics")
    yield Finding("runs on", voice.provider)


def _versions() -> Iterator[Finding]:
    yield Finding("python", platform.python_version())
    yield Finding("onnxruntime", onnxruntime.__version__)
    for name in ("dantok", "discord.py", "numpy"):
        yield Finding(name, version(name))
