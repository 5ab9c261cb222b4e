"""Backups that the bot makes by itself: one a day and one before each great change, of which the oldest go.

Each is a whole file of :mod:`bot.store.backup`. Knows nothing of what a change is, and no tables.
"""

import logging
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Self

from bot import metrics
from bot.clock import Clock
from bot.logs import outline
from bot.store import file_permissions
from bot.store.backup import backup
from bot.store.errors import StoreError
from bot.store.store import Store

_log = logging.getLogger(__name__)

_NAME = re.compile(r"dantok-(?P<day>\d{4}-\d{2}-\d{2})(?P<before>-\d{6}-before-[\w-]+)?\.jsonl", re.ASCII)
_UNFINISHED = ".dantok-*.unfinished"
_MOST_BEFORE_CHANGES = 10
_LOOK = timedelta(hours=1)


@dataclass(frozen=True, slots=True, order=True)
class DatedFile:
    """A backup, by the day and the time in its name; sorted, the oldest is first."""

    day: date
    before: str
    path: Path

    @classmethod
    def named(cls, path: Path) -> Self | None:
        """Return what a name says, None where it is no such file's."""
        match = _NAME.fullmatch(path.name)
        try:
            return cls(date.fromisoformat(match["day"]), match["before"] or "", path) if match else None
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class DatedBackups:
    """A folder of backups: of the daily ones the newest ``daily``, and the newest of each of the last ``weekly`` weeks.

    With ``daily`` 0 there are none by the day. Of those before changes the newest ten stay, for as long as that.
    """

    folder: Path
    daily: int = 7
    weekly: int = 4

    def files(self) -> list[DatedFile]:
        """Return what there is, the oldest first.

        Raises:
            StoreError: the folder cannot be read.
        """
        try:
            paths = list(self.folder.iterdir()) if self.folder.exists() else []
        except OSError as error:
            raise StoreError(f"The backups in {self.folder} cannot be read ({error.strerror}).") from error
        return sorted(filter(None, map(DatedFile.named, paths)))

    def newest(self) -> Path:
        """Return the newest file.

        Raises:
            StoreError: there is none.
        """
        files = self.files()
        if not files:
            raise StoreError(f"There is no backup in {self.folder} yet: give a file that `backup` wrote.")
        return files[-1].path

    async def of_day(self, store: Store, now: datetime) -> bool:
        """Write today's, unless it is there, and return whether it was written.

        Raises:
            StoreError: it cannot be written; what was there still is.
        """
        file = self.folder / f"dantok-{_local(now):%Y-%m-%d}.jsonl"
        if not self.daily or file.exists():
            return False
        await self._write(store, file, now)
        return True

    async def before(self, change: str, store: Store, now: datetime) -> Path:
        """Write one before a change of that name, and return where it is.

        Raises:
            StoreError: it cannot be written, so that the change should not be made.
        """
        file = self.folder / f"dantok-{_local(now):%Y-%m-%d-%H%M%S}-before-{change}.jsonl"
        await self._write(store, file, now)
        return file

    async def _write(self, store: Store, file: Path, now: datetime) -> None:
        with metrics.BACKUPS.labels("failed").count_exceptions():
            await self._write_whole(store, file)
        metrics.BACKUPS.labels("written").inc()
        metrics.LAST_BACKUP.set_to_current_time()
        # Only now: where a disk is full, the old ones stay.
        for old in self._superfluous(_local(now).date()):
            old.unlink(missing_ok=True)

    async def _write_whole(self, store: Store, file: Path) -> None:
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"The folder {self.folder} for backups cannot be made ({error.strerror}).") from error
        file_permissions.tighten(self.folder)
        await backup(store, file)

    def _superfluous(self, today: date) -> Iterable[Path]:
        files = self.files()
        # Of a day that is still to come is what a clock that ran ahead left: today's, just written, is newer.
        yield from (file.path for file in files if not file.before and file.day > today)
        by_day = [file for file in files if not file.before and file.day <= today]
        kept = {*by_day[-self.daily :], *_newest_of_weeks(by_day, self.weekly)} if self.daily else {*by_day}
        yield from (file.path for file in by_day if file not in kept)
        before_changes = [file for file in files if file.before]
        oldest = today - timedelta(days=max(self.daily, 7 * self.weekly))
        yield from (
            file.path
            for place, file in enumerate(reversed(before_changes))
            if place >= _MOST_BEFORE_CHANGES or file.day < oldest
        )
        # What a killed process left; one of today may be under way.
        yield from (path for path in self.folder.glob(_UNFINISHED) if f"{today}" not in path.name)


async def keep_backing_up(backups: DatedBackups, store: Store, clock: Clock) -> None:
    """Write each day's backup until cancelled; what fails is said in the log, and tried again an hour later."""
    while True:
        try:
            if await backups.of_day(store, clock.now()):
                _log.info("The backup of the day is in %s.", backups.folder)
        except StoreError as error:
            _log.error("Today's backup is not made yet, earlier ones are untouched. %s", error)
        except Exception as error:  # noqa: BLE001 - an outermost door: the database may be away for a while
            _log.error("Today's backup is not made yet, earlier ones are untouched. %s", outline(error))
        await clock.sleep_until(clock.now() + _LOOK)


def _newest_of_weeks(files: Sequence[DatedFile], count: int) -> Iterable[DatedFile]:
    newest = {file.day.isocalendar()[:2]: file for file in files}
    return list(newest.values())[-count:] if count else ()


def _local(moment: datetime) -> datetime:
    """Return a moment by the owner's clock."""
    return moment.astimezone()
