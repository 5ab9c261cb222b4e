"""The bot on Discord: the real client with its features, and none by name.

Once it has logged in, nothing that Discord sends or fails to send ends it. Knows nothing of settings, of signals, or of
where Discord is.
"""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from yarl import URL

from bot import error_reply, metrics
from bot.client.command_tree import CheckedTree
from bot.client.gateway import TolerantState, add_shard
from bot.client.registration import Registration
from bot.client.retry import Backoff, is_passing, persistently
from bot.errors import OwnerError
from bot.features.feature import FeatureClient, Services
from bot.features.interactions import data_of
from bot.features.registry import FEATURES
from bot.groups.group import EVERYWHERE
from bot.i18n import LANGUAGES, CoreTexts, UnknownButtonError, texts_for
from bot.i18n.translator import CommandTranslator
from bot.inference.models import LoadedModels
from bot.inference.worker import Busy, Slow
from bot.logs import outline
from bot.response_retry import retry_responses

_log = logging.getLogger(__name__)

_ANSWER_WITHIN = 3.0  # in seconds; what comes later Discord does not take
_ANSWERING = (
    "CommandTree-invoker",
    "discord-ui-modal-",
    "discord-ui-view-dispatch-",
    "discord-ui-dynamic-item-",
    "discord.py: on_message",
)
_STATUS = "/말해 · /생일 · AI 모델이 지어내요"


class Dantok(FeatureClient):
    """A discord.py bot that needs no privileged intent: commands, buttons and calls come to it by themselves.

    Of messages that do not call it Discord tells it nothing but that they are there, unless the owner lets it speak
    unasked.
    """

    def __init__(
        self,
        services: Services,
        *,
        guild: int | None = None,
        shards: tuple[Sequence[int], int] | None = None,
        ready_timeout: float = 2.0,
        before_bundle: Callable[[], Awaitable[object]] | None = None,
    ) -> None:
        """Take what the features share.

        ``guild`` is where commands appear instead of everywhere; ``shards`` are those of this process, and how many
        there are, where it is not for Discord to say; ``ready_timeout`` is in seconds, how long Discord may
        take between two servers at login; ``before_bundle`` is done before another bundle serves, or none does.
        """
        # This bot never joins a voice channel; without this the client complains that it could not.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        super().__init__(
            commands.when_mentioned,
            help_command=None,
            tree_cls=CheckedTree,
            intents=discord.Intents(
                # The last is privileged: only who may speak unasked has to read what did not call it.
                guilds=True,
                guild_messages=True,
                dm_messages=True,
                message_content=services.unasked is not None,
            ),
            allowed_mentions=discord.AllowedMentions.none(),
            activity=discord.CustomActivity(_STATUS),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            guild_ready_timeout=ready_timeout,
        )
        if shards is not None:
            self.shard_ids, self.shard_count = list(shards[0]), shards[1]
        self.services = services
        self._templates: list[re.Pattern[str]] = []
        possible = (feature for feature in FEATURES if services.store is not None or not feature.needs_store)
        self.features = [feature(self, services) for feature in possible]
        self._registration = Registration(self.tree, discord.Object(guild) if guild else None)
        self._was_ready = False
        self._before_bundle = before_bundle
        self._one_reload = asyncio.Lock()
        self.tree.error(self._on_command_error)

    @property
    def models(self) -> LoadedModels:
        """The models of the moment, where there is one group alone.

        Raises:
            ValueError: there are several.
        """
        if self.services.groups.only is None:
            raise ValueError("each group has models of its own")
        return self.services.groups.only.models

    def _get_state(self, **options: Any) -> TolerantState:  # noqa: ANN401 - discord.py's own
        own = {"dispatch": self.dispatch, "handlers": self._handlers, "hooks": self._hooks, "http": self.http}
        return TolerantState(**own, **options)

    async def start(self, token: str, *, reconnect: bool = True) -> None:
        """Log in and serve until closed; answers are sent again where the connection was lost."""
        retry_responses()
        await super().start(token, reconnect=reconnect)

    async def login(self, token: str) -> None:
        """Log in, as often as it takes where Discord cannot be reached.

        Raises:
            LoginFailure: Discord does not know the token.
        """

        async def once() -> None:
            # Each login opens a session of its own.
            await self.http.close()
            self.http.clear()
            self.http.connector = discord.utils.MISSING
            await super(Dantok, self).login(token)

        await persistently("logging in", once, passing=lambda error: is_passing(error) and not self.is_closed())

    async def connect(self, *, reconnect: bool = True) -> None:
        """Stay connected until closed, also where discord.py gives up.

        Raises:
            ConnectionClosed: Discord closed the connection for good.
            PrivilegedIntentsRequired: it does not allow what the bot asks for.
        """
        backoff = Backoff()
        while not self.is_closed():
            try:
                await super().connect(reconnect=reconnect)
            except (discord.ConnectionClosed, discord.PrivilegedIntentsRequired):
                raise
            except Exception as error:  # noqa: BLE001 - the connection is what all else hangs on
                await self._wait_to_connect(backoff.delay(), error)

    async def launch_shard(self, gateway: URL, shard_id: int, *, initial: bool = False) -> None:
        """Connect a shard for the first time, as often as it takes: discord.py's own would log all it knows."""
        backoff = Backoff()
        while not self.is_closed():
            connecting = DiscordWebSocket.from_client(self, initial=initial, gateway=gateway, shard_id=shard_id)
            try:
                websocket = await asyncio.wait_for(connecting, self.shard_connect_timeout)
            except Exception as error:  # noqa: BLE001 - as above
                await self._wait_to_connect(backoff.delay(), error)
            else:
                add_shard(self, shard_id, websocket)
                return

    async def _wait_to_connect(self, delay: float, error: Exception) -> None:
        _log.warning("Discord's gateway cannot be reached: next try in %.1f s. %s", delay, outline(error))
        await asyncio.sleep(delay)

    async def setup_hook(self) -> None:
        """Add the features and tell Discord their commands."""
        for language in LANGUAGES:
            texts_for(CoreTexts, language)  # read now: what goes wrong may be that no file can be opened
        await self.tree.set_translator(CommandTranslator(feature.texts for feature in self.features))
        for feature in self.features:
            self.add_dynamic_items(*feature.buttons)
        await self._add_cogs()
        await self._registration.fill()

    async def _add_cogs(self) -> bool:
        """Add the commands that the models of the moment allow and that are not there; return whether any came."""
        possible = [cog for feature in self.features if feature.is_possible for cog in feature.cogs()]
        new = [cog for cog in possible if self.get_cog(cog.qualified_name) is None]
        for cog in new:
            await self.add_cog(cog)
        return bool(new)

    async def _tell_commands(self) -> None:
        try:
            await self._registration.fill()
        except OwnerError as error:
            _log.error("%s", error)
        self._registration.settle(self.guilds)

    async def on_ready(self) -> None:
        """Say in the log that members can call now, and what answers them."""
        only = self.services.groups.only
        voice = f"speaks on {only.models.active_provider}" if only else "each group has a bundle of its own"
        _log.info("Ready in %d servers; %s.", len(self.guilds), voice)
        for feature in self.features:
            await feature.start()
        if not self._was_ready:
            self._was_ready = True
            self._registration.settle(self.guilds)

    async def on_message(self, message: discord.Message, /) -> None:
        """Do nothing with messages, in which discord.py would look for commands; a feature may listen to them."""

    async def on_disconnect(self) -> None:
        """Count it; discord.py connects again."""
        metrics.DISCONNECTS.inc()

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as discord.py has it
        """Tell of an event; of none when it is closed: what discord.py was waiting for then has no loop to run in."""
        if not self.is_closed():
            super().dispatch(event, *args, **kwargs)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Refuse the press of a button that is nobody's here: otherwise it would just fail."""
        custom_id = str(data_of(interaction).get("custom_id"))
        is_known = any(template.fullmatch(custom_id) for template in self._templates)
        if interaction.type is discord.InteractionType.component and not is_known:
            await error_reply.answer(interaction, UnknownButtonError())

    def add_dynamic_items(self, *items: type[discord.ui.DynamicItem[Any]]) -> None:
        """Add buttons that outlive the process."""
        self._templates += [item.__discord_ui_compiled_template__ for item in items]
        super().add_dynamic_items(*items)

    async def reload_all(self) -> None:
        """Change over to what lies in the folder of every bundle that serves; see :meth:`reload`."""
        for server in self.services.groups.served():
            await self.reload(server)

    async def reload(self, server: int = EVERYWHERE) -> bool:
        """Change over to the bundle that lies there now, or go on with the old one; return whether it changed."""
        async with self._one_reload:
            changed = await self._changed_over(server)
        metrics.BUNDLES.labels("refused" if changed is None else "served" if changed else "same").inc()
        # Once there it stays: a bundle without faces says so itself. Before the login all are told anyway.
        if changed and await self._add_cogs() and self.application_id is not None:
            await self._tell_commands()
        return bool(changed)

    async def _changed_over(self, server: int) -> bool | None:
        """Return whether another bundle serves now, or None where what lies there must not."""
        of = f" of server {server}" if server else ""
        try:
            changed = await self.services.groups.reload(server, self.services.workers, self._before_bundle)
        except OwnerError as error:
            _log.error("The old bundle%s goes on serving: %s", of, error)
            return None
        except (Busy, Slow):
            _log.error("The old bundle%s goes on serving: the new one does not open in time.", of)
            return None
        except Exception as error:  # noqa: BLE001 - nobody waits for a reload who could be told
            _log.error("The old bundle%s goes on serving: %s", of, outline(error))
            return None
        served = self.services.groups.served().get(server)
        if changed and served is not None:
            _log.info("A new bundle%s serves now, on %s.", of, served.models.active_provider)
        elif not changed:
            _log.info("The bundle%s in the folder is the one that serves.", of)
        return changed

    async def close(self) -> None:
        """Let the wish and the answers that are on their way arrive, leave Discord, then the door."""
        self._registration.stop()
        for feature in self.features:
            await feature.close()
        await _finish_answers()
        await super().close()
        self.services.workers.close()

    async def _on_command_error(self, interaction: discord.Interaction, error: app_commands.AppCommandError) -> None:
        await error_reply.answer(interaction, error)


async def _finish_answers() -> None:
    """Wait for the answers under way as long as Discord would; whoever asked meanwhile gets none."""
    if under_way := _answers():
        await asyncio.wait(under_way, timeout=_ANSWER_WITHIN)
    for task in _answers():
        task.cancel()


def _answers() -> list[asyncio.Task[Any]]:
    # By the names that discord.py gives its tasks: it hands none of them out.
    return [task for task in asyncio.all_tasks() if task.get_name().startswith(_ANSWERING)]
