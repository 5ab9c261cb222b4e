"""A backup put back, and what has to follow: who was forgotten since stays so, and no wish is sent twice."""

from datetime import datetime
from pathlib import Path

from bot.clock import SystemClock
from bot.errors import OwnerError
from bot.features.birthday.storage.occurrences import OccurrenceRepository
from bot.features.birthday.storage.validation import is_readable
from bot.features.privacy.all_features import forget
from bot.features.privacy.withdrawals import WithdrawalRepository
from bot.features.registry import features_of
from bot.settings import StoreSettings, read
from bot.store import backup
from bot.store.backup import Restored
from bot.store.store import Store


async def restore(store: Store, file: Path) -> tuple[Restored, int, str]:
    """Replace all that is kept with what is in ``file``.

    Return what came back, how many wishes may have been sent since the backup, and a sentence on where to find what
    was kept until now.

    Raises:
        OwnerError: ``file`` is no backup that can be read; nothing is changed.
    """
    now = SystemClock().now()
    saved = await _save_first(store, now)
    withdrawals = await WithdrawalRepository(store).all()
    restored = await backup.restore(store, file, is_readable)
    await _forget_again(store, withdrawals, now)
    return restored, await OccurrenceRepository(store).mark_due_unsure(now), saved


async def _save_first(store: Store, now: datetime) -> str:
    """Save what a restore replaces, and return a sentence on it; where damaged rows prevent that, it goes on."""
    try:
        saved = await read(StoreSettings).dated_backups().before("restore", store, now)
    except OwnerError as error:
        return f"What was kept until now could not be saved. {error}"
    return f"What was kept until now is in {saved}."


async def _forget_again(store: Store, withdrawals: dict[int, datetime | None], now: datetime) -> None:
    """Forget those who were forgotten after the backup was made: it still knew them."""
    repository, features = WithdrawalRepository(store), features_of(store)
    for user_id in withdrawals.keys() - (await repository.all()).keys():
        await repository.add(user_id, withdrawals[user_id] or now)
        await forget(features, user_id)
