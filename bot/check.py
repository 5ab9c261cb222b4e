"""Self-check: everything that can be known to be right or wrong before the bot goes to Discord, as a table."""

import os
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import onnxruntime
from pydantic import SecretStr
from rich.table import Table
from rich.text import Text

from bot import __version__
from bot.default_bundle import INVENTED, speaks_as_invented, usual_bundle
from bot.errors import OwnerError
from bot.groups.bundle_cache import folders_of_servers
from bot.groups.settings import GroupSettings, read_settings
from bot.inference.models import LoadedModels, open_models
from bot.inference.session import Provider, opened_at_once
from bot.settings import PREFIX, BundleSettings, Settings, SettingsError, StoreSettings, is_dotenv_readable, read
from bot.store.inspection import inspect
from bot.terminal.translation import in_owners_language
from bot.token import why_no_token


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; ``well`` is False where the bot cannot run like this."""

    subject: str
    result: str
    well: bool = True


def findings() -> list[Finding]:
    """Look at the settings, the bundle, what it really runs on, and the versions."""
    return [*_settings(), *_bundle(), *_versions()]


def table(findings: list[Finding]) -> Table:
    """Return the findings for people."""
    rows = Table(show_header=False, box=None, padding=(0, 1))
    for finding in findings:
        sign = Text("✓", "green") if finding.well else Text("✗", "red")
        words = (Text(in_owners_language(words)) for words in (finding.subject, finding.result))
        rows.add_row(sign, *words, style="" if finding.well else "red")
    return rows


def _settings() -> Iterator[Finding]:
    try:
        settings = read(Settings)
    except SettingsError as error:
        for sentence in str(error).splitlines():
            yield Finding("setting", sentence, well=False)
        return
    for field in Settings.model_fields:
        if field == "token":
            yield _token(settings.token)
            continue
        value = getattr(settings, field)
        shown = "set" if isinstance(value, SecretStr) else "–" if value is None else str(value)
        yield Finding(f"{PREFIX}{field.upper()}", shown)
    yield _database(settings)
    if settings.inference_url is not None:
        yield from _engine(settings)


def _engine(settings: Settings) -> Iterator[Finding]:
    try:
        settings.token_of_engine()
    except SettingsError as error:
        yield Finding("setting", str(error), well=False)


def _token(token: SecretStr) -> Finding:
    fault = why_no_token(token.get_secret_value())
    return Finding(f"{PREFIX}TOKEN", fault or "set", well=fault is None)


def _database(settings: StoreSettings) -> Finding:
    try:
        url = settings.database()
    except OwnerError as error:
        return Finding("database", str(error), well=False)
    file = None if url.get_backend_name() == "postgresql" else Path(str(url.database))
    if file and not file.exists():
        return _folder(file)
    try:
        inspect(url)
    except OwnerError as error:
        return Finding("database", str(error), well=False)
    return _folder(file) if file else Finding("database", f"on {url.host}")


def _folder(file: Path) -> Finding:
    """Say whether ``file`` can be made or written, without touching anything."""
    there = next(place for place in (file, *file.parents) if place.exists())
    rights = os.W_OK if there == file else os.W_OK | os.X_OK
    well = (there == file or there.is_dir()) and os.access(there, rights)
    return Finding("database", str(file) if well else f"{file} cannot be written: look at {there}.", well)


def _bundle() -> Iterator[Finding]:
    folder, provider, every = _where()
    if every is not None:
        yield from _bundles(every, provider)
        return
    try:
        with opened_at_once():
            models = open_models(folder, provider)
    except OwnerError as error:
        yield Finding("bundle", str(error), well=False)
        return
    yield from _models(models)


def _where() -> tuple[Path, Provider, Path | None]:
    """Return which bundle is meant, or the folder of many, even where other settings are wrong."""
    if not is_dotenv_readable():
        return usual_bundle(), "auto", None
    try:
        settings = BundleSettings()
    except ValueError:
        return usual_bundle(), "auto", None
    return settings.bundle, settings.provider, settings.bundles


def _bundles(folder: Path, provider: Provider) -> Iterator[Finding]:
    """Open each server's bundle and read what is set for it, which the bot does when it is first used."""
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        yield Finding("bundles", f"{folder} cannot be read: look at {folder.parent}.", well=False)
        return
    servers = folders_of_servers(entries)
    yield Finding("bundles", f"{folder.resolve()} ({len(servers)})")
    for server, bundle in servers.items():
        try:
            with opened_at_once():
                models = open_models(bundle, provider)
            if (settings := folder / f"{server}.toml").exists():
                read_settings(settings, GroupSettings())
        except OwnerError as error:
            yield Finding(f"  {server}", str(error), well=False)
        else:
            yield Finding(f"  {server}", ", ".join(models.bundle.manifest.models))


def _models(models: LoadedModels) -> Iterator[Finding]:
    yield Finding("bundle", str(models.bundle.folder.resolve()))
    if speaks_as_invented(models.bundle.folder):
        yield Finding("", INVENTED)
    for key, value in models.bundle.manifest.made.items():
        yield Finding(f"  {key}", value)
    for name, model in models.bundle.manifest.models.items():
        metrics = ", ".join(f"{metric} {value:.4g}" for metric, value in model.metrics.items())
        yield Finding(f"  model {name}", metrics or "no metrics")
    yield Finding("runs on", models.active_provider)


def _versions() -> Iterator[Finding]:
    yield Finding("dantok", __version__)
    yield Finding("python", platform.python_version())
    yield Finding("onnxruntime", onnxruntime.__version__)
    for name in ("discord.py", "numpy"):
        yield Finding(name, version(name))
