"""The privacy feature: ``/privacy``, through every other feature, and the withdrawals that it keeps itself."""

import asyncio
import logging
from collections.abc import Mapping, Sequence

from discord.ext import commands

from bot.features.feature import Feature, FeatureClient, Services
from bot.features.privacy.cog import Privacy, PrivacyButton
from bot.features.privacy.texts import PrivacyTexts
from bot.features.privacy.withdrawals import WithdrawalRepository, write_withdrawals

_log = logging.getLogger(__name__)


class PrivacyFeature(Feature):
    """Shows, exports and forgets."""

    texts = PrivacyTexts
    buttons = (PrivacyButton,)
    needs_store = True

    def __init__(self, client: FeatureClient, services: Services) -> None:
        """Put the feature together."""
        super().__init__(client, services)
        self._withdrawals = WithdrawalRepository(self.store)
        self._one_writes = asyncio.Lock()

    def cogs(self) -> Sequence[commands.Cog]:
        """Return ``/privacy``."""
        return [Privacy(lambda: self.client.features, self.services)]

    async def start(self) -> None:
        """Write down who withdrew: a backup that was restored may know of others."""
        await self._write_down()

    async def export_user(self, user_id: int) -> Mapping[str, object]:
        """Return when a user withdrew."""
        return await self._withdrawals.export(user_id)

    async def forget_user(self, user_id: int) -> None:
        """Keep that a user withdrew, and tell the owner by the log: a model has learnt, and learns again."""
        if await self._withdrawals.add(user_id, self.services.clock.now()):
            _log.warning("User %d withdrew: leave them out of the next training (python -m bot withdrawals).", user_id)
            await self._write_down()

    async def _write_down(self) -> None:
        """Write who withdrew where the next training reads it; where that cannot be, the database still knows."""
        path = self.services.withdrawals
        if path is None:
            return
        try:
            # What was read before somebody withdrew must not be written after what was read since.
            async with self._one_writes:
                await asyncio.to_thread(write_withdrawals, await self._withdrawals.all(), path)
        except OSError as error:
            advice = "before a training, write into it what python -m bot withdrawals prints"
            _log.error("%s cannot be written (%s): %s.", path, error, advice)
