"""Settings from the environment and ``.env``, for the owner; read only when asked, every wrong one named at once."""

import difflib
import errno
import os
from collections.abc import Iterable
from ipaddress import IPv4Address
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar
from zoneinfo import ZoneInfo

from dotenv import dotenv_values
from pydantic import Field, IPvAnyAddress, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.clock import QuietHours
from bot.default_bundle import usual_bundle
from bot.errors import OwnerError

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

    from bot.store.dated_backups import DatedBackups

PREFIX = "DANTOK_"
DOTENV = ".env"


class SettingsError(OwnerError):
    """One or more settings are wrong; the message has a sentence for each."""


class _Dantok(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=DOTENV,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    @field_validator("bundle", "bundles", "data", "backups", check_fields=False)
    @classmethod
    def _can_be_a_path(cls, path: Path | None) -> Path | None:
        try:
            if path is not None:
                path.lstat()
        except OSError as error:
            if error.errno == errno.ENAMETOOLONG:
                raise ValueError("too long") from None
        # A NUL is a ValueError already.
        return path


class BundleSettings(_Dantok):
    """What it takes to speak, on Discord or in the terminal."""

    bundle: Path = Field(default_factory=usual_bundle, description="the folder of a bundle")
    bundles: Path | None = Field(default=None, description="a folder")
    provider: Literal["auto", "cuda", "cpu"] = Field(default="auto", description="auto, cuda or cpu")


class EngineSettings(BundleSettings):
    """What it takes to compute for bots elsewhere, and for a bot to ask."""

    inference_token: SecretStr | None = Field(
        default=None,
        min_length=16,
        description="a secret of 16 characters or more",
    )

    def token_of_engine(self) -> str:
        """Return the token that a call must have.

        Raises:
            SettingsError: there is none: anybody could ask, and read what a group says.
        """
        if self.inference_token is None:
            raise SettingsError("DANTOK_INFERENCE_TOKEN is missing: make up a secret for the bot and its engine.")
        return self.inference_token.get_secret_value()


class StoreSettings(_Dantok):
    """Where it is kept what members ask to be kept."""

    data: Path = Field(default=Path("data"), description="a folder")
    database_url: SecretStr | None = Field(default=None, description="the URL of a PostgreSQL or SQLite database")
    backups: Path | None = Field(default=None, description="a folder")
    backups_daily: int = Field(default=7, ge=0, le=1000, description="a whole number from 0 to 1,000")
    backups_weekly: int = Field(default=4, ge=0, le=1000, description="a whole number from 0 to 1,000")

    def dated_backups(self) -> "DatedBackups":
        """Return the backups that the bot makes by itself."""
        from bot.store.dated_backups import DatedBackups  # as below

        return DatedBackups(self.backups or self.data / "backups", self.backups_daily, self.backups_weekly)

    def database(self) -> "URL":
        """Return where the database is.

        Raises:
            StoreError: ``database_url`` names none.
        """
        from bot.store.address import address  # whoever only speaks needs no database

        return address(self.database_url.get_secret_value() if self.database_url else None, self.data)


class Settings(EngineSettings, StoreSettings):
    """What it takes to run on Discord."""

    token: SecretStr = Field(description="the token from the Bot page of your application on Discord, in one word")
    inference_url: str | None = Field(
        default=None, pattern=r"^https?://[^\s<>]+$", max_length=300, description="the address of an inference engine"
    )
    bundles_mb: int = Field(default=1024, ge=64, le=1_000_000, description="a whole number from 64 to 1,000,000")
    stand_in: Literal["invented", "none"] = Field(default="invented", description="invented or none")
    servers: str = Field(
        default="everybody",
        pattern=r"^(?:everybody|invited|[1-9]\d{0,18}(?:,[1-9]\d{0,18})*)$",
        description="everybody, invited, or the ids of servers, with commas between them",
    )
    temperature: float = Field(default=0.8, ge=0, le=2, description="a number from 0 to 2")
    face_buttons: Literal["everybody", "asker"] = Field(default="everybody", description="everybody or asker")
    unasked: Literal["off", "on"] = Field(default="off", description="off or on")
    quiet_hours: str = Field(
        default="23-8",
        pattern=r"^(?:1?\d|2[0-3])-(?:1?\d|2[0-3])$",
        description="two hours from 0 to 23, such as 23-8; 0-0 is never",
    )
    time_zone: str = Field(default="Asia/Seoul", description="an IANA time zone, such as Asia/Seoul")
    queue_size: int = Field(default=64, ge=1, le=10_000, description="a whole number from 1 to 10,000")
    privacy_url: str | None = Field(
        default=None, pattern=r"^https?://[^\s<>]+$", max_length=300, description="the address of a web page"
    )
    shards: str | None = Field(
        default=None,
        pattern=r"^\d{1,5}(?:-\d{1,5})?/[1-9]\d{0,4}$",
        description="a number or two, and of how many, such as 0-3/16",
    )
    guild: int | None = Field(default=None, ge=1, description="the id of a server, a long number")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="DEBUG, INFO, WARNING or ERROR"
    )
    log_format: Literal["text", "json"] = Field(default="text", description="text or json")
    health_host: IPvAnyAddress = Field(default=IPv4Address("127.0.0.1"), description="an IP address of this machine")
    health_port: int | None = Field(default=None, ge=1, le=65_535, description="a port from 1 to 65,535")

    @field_validator("token")
    @classmethod
    def _is_one_word(cls, token: SecretStr) -> SecretStr:
        word = token.get_secret_value().strip()
        if not word or len(word.split()) != 1 or not word.isascii():
            raise ValueError("not a token")
        return SecretStr(word)

    @field_validator("time_zone")
    @classmethod
    def _is_a_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (OSError, ValueError, KeyError):
            raise ValueError("no zone") from None
        return name

    @field_validator("shards")
    @classmethod
    def _are_some_of_all(cls, shards: str | None) -> str | None:
        if shards is not None and not 0 <= (some := _range_of(shards))[0] <= some[1] < some[2]:
            raise ValueError("no such shards")
        return shards

    def shard_ids(self) -> tuple[range, int] | None:
        """Return the shards of this process, and how many there are; None where Discord says how many it takes."""
        if self.shards is None:
            return None
        first, last, total = _range_of(self.shards)
        return range(first, last + 1), total

    @field_validator("servers", mode="before")
    @classmethod
    def _without_blanks(cls, servers: object) -> object:
        return "".join(servers.split()) if isinstance(servers, str) else servers

    def allowed(self) -> frozenset[int] | None:
        """Return the servers that are named, where not all are served."""
        if self.servers == "everybody":
            return None
        return frozenset(int(server) for server in self.servers.split(",") if server != "invited")

    def quiet(self) -> QuietHours:
        """Return the hours in which the bot says nothing unasked."""
        first, last = map(int, self.quiet_hours.split("-"))
        return QuietHours(first, last, ZoneInfo(self.time_zone))

    @field_validator("log_level", mode="before")
    @classmethod
    def _in_capitals(cls, level: object) -> object:
        return level.upper() if isinstance(level, str) else level


def _range_of(shards: str) -> tuple[int, int, int]:
    """Return the first, the last, and the number of all, of ``0-3/16`` or ``2/16``."""
    some, _, total = shards.partition("/")
    first, _, last = some.partition("-")
    return int(first), int(last or first), int(total)


S = TypeVar("S", bound=_Dantok)

_NOT_READABLE = f"{DOTENV} cannot be read: make it a text file in UTF-8 that you may read, or take it away."


def read(kind: type[S]) -> S:
    """Read settings of ``kind``.

    Raises:
        SettingsError: a value is missing or wrong, or a variable begins with ``DANTOK_`` and is no setting.
    """
    if not is_dotenv_readable():
        raise SettingsError(_NOT_READABLE)
    wrong = list(_unknown(_names()))
    try:
        settings = kind()
    except ValidationError as error:
        wrong += [_sentence(kind, str(problem["loc"][0]), problem["type"]) for problem in error.errors()]
    except UnicodeDecodeError:
        wrong.append(f"{DOTENV} is not a UTF-8 text file: save it as UTF-8.")
    if wrong:
        raise SettingsError("\n".join(wrong))
    return settings


def is_dotenv_readable() -> bool:
    """Say whether ``.env`` is a file that can be read, or absent; a pipe of that name would be waited for."""
    file = Path(DOTENV)
    return not file.exists() or (file.is_file() and os.access(file, os.R_OK))


def only_in_environment() -> list[str]:
    """Return the variables that are set here and not in ``.env``: a service would not see them."""
    return sorted(_ours(os.environ) - _ours(_dotenv()))


def _names() -> set[str]:
    return _ours({*os.environ, *_dotenv()})


def _dotenv() -> Iterable[str]:
    try:
        return dotenv_values(DOTENV)
    except UnicodeDecodeError:
        return ()


def _ours(names: Iterable[str]) -> set[str]:
    return {name.upper() for name in names if name.upper().startswith(PREFIX)}


def _unknown(names: Iterable[str]) -> Iterable[str]:
    setting_names = [PREFIX + field.upper() for field in Settings.model_fields]
    for name in sorted(set(names) - set(setting_names)):
        nearest = difflib.get_close_matches(name, setting_names, 1)
        hint = f"did you mean {nearest[0]}?" if nearest else f"there are {', '.join(setting_names)}."
        yield f"{name} is no setting: {hint}"


def _sentence(kind: type[_Dantok], field: str, problem: str) -> str:
    """Say what is wrong with one setting; its value may be a secret and is not repeated."""
    description = kind.model_fields[field].description
    is_missing = problem == "missing"
    return f"{PREFIX}{field.upper()} is {'missing' if is_missing else 'wrong'}: it must be {description}."
