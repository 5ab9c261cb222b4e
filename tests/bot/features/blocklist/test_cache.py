"""The cache of refused lines: what is changed in this process counts at once, also in the middle of a reading."""

from datetime import UTC, datetime
from pathlib import Path

from bot.features.blocklist.cache import RefusedLineCache
from bot.features.blocklist.lines import RefusedLineRepository
from bot.store.address import address
from bot.store.store import Store

NOW = datetime(2026, 11, 19, tzinfo=UTC)


class Interrupted(RefusedLineRepository):
    """While it reads for the first time, somebody refuses another line."""

    interrupted = False

    async def texts(self, place: int) -> frozenset[str]:
        lines = await super().texts(place)
        if not self.interrupted:
            self.interrupted = True
            await self.add(place, 1, "둘째", NOW)
        return lines


async def test_a_line_refused_while_the_others_are_read_counts_from_the_next_answer_on(tmp_path: Path) -> None:
    store = await Store.open(address(None, tmp_path))
    lines = Interrupted(store, lambda place: cache.expire(place))  # noqa: PLW0108 - it is made below
    cache = RefusedLineCache(lines)
    await lines.add(7, 1, "첫째", NOW)
    assert await cache.of(7) == {"첫째"}
    assert await cache.of(7) == {"첫째", "둘째"}
    await store.close()
