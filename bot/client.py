"""The bot on Discord: the real client with its features, one voice and one door to it.

Once it has logged in, nothing that Discord sends or fails to send ends it. Knows nothing of settings, of signals, or of
where Discord is.
"""

import asyncio
import logging
import re
from functools import partial
from typing import Any, cast

import discord
from discord import app_commands
from discord.ext import commands

from bot import error_reply
from bot.bundle import BundleError
from bot.delivery import deliver_here
from bot.errors import OwnerError
from bot.features.about.cog import About
from bot.features.birthday.clock import Clock, SystemClock
from bot.features.birthday.cog import Birthdays
from bot.features.face.cog import Face
from bot.features.face.views import COG as FACE
from bot.features.face.views import FaceButton, ShowFiles
from bot.features.say.cog import Again, Say
from bot.gateway import TolerantState
from bot.i18n.commands import CommandNames
from bot.inference.models import LoadedModels, open_models
from bot.inference.worker import Busy, Slow, Workers
from bot.logs import outline
from bot.refused import UnknownButton
from bot.registration import Registration
from bot.retrying import Backoff, is_passing, persistently
from bot.store.store import Store
from bot.tree import CheckedTree

_log = logging.getLogger(__name__)

_ANSWER_WITHIN = 3.0  # in seconds; what comes later Discord does not take
_ANSWERING = ("CommandTree-invoker", "discord-ui-modal-", "discord-ui-view-dispatch-", "discord-ui-dynamic-item-")
_STATUS = "/말해 · /생일 · AI 모델이 지어내요"


class Dantok(commands.Bot):
    """A discord.py bot that needs no privileged intent: commands and buttons come to it by themselves."""

    def __init__(  # noqa: PLR0913 - settings, each by its name
        self,
        voice: LoadedModels,
        workers: Workers,
        *,
        temperature: float,
        store: Store | None = None,
        clock: Clock | None = None,
        guild: int | None = None,
        face_buttons: str = "everybody",
        ready_timeout: float = 2.0,
    ) -> None:
        """Take the voice, the door to it, and what is kept; without a store, there are no birthdays.

        ``guild`` is where commands appear instead of everywhere; ``face_buttons`` is whose presses under a face count,
        ``everybody``'s or the ``asker``'s; ``ready_timeout`` is in seconds, how long Discord may take between two
        servers at login.
        """
        # This bot never joins a voice channel; without this the client complains that it could not.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        super().__init__(
            commands.when_mentioned,
            help_command=None,
            tree_cls=CheckedTree,
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            activity=discord.CustomActivity(_STATUS),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            guild_ready_timeout=ready_timeout,
        )
        self.voice = voice
        self.workers = workers
        self._temperature = temperature
        self._faces_for_asker_only = face_buttons == "asker"
        self._templates: list[re.Pattern[str]] = []
        self._birthdays: Birthdays | None = None
        if store is not None:
            self._birthdays = Birthdays.of(self, store, clock or SystemClock(), lambda: self.voice, workers)
        self._registration = Registration(self.tree, discord.Object(guild) if guild else None)
        self._was_ready = False
        self.tree.error(self._on_command_error)

    def _get_state(self, **options: Any) -> TolerantState:  # noqa: ANN401 - discord.py's own
        own = {"dispatch": self.dispatch, "handlers": self._handlers, "hooks": self._hooks, "http": self.http}
        return TolerantState(**own, **options)

    async def start(self, token: str, *, reconnect: bool = True) -> None:
        """Log in and serve until closed; answers are sent again where the connection was lost."""
        deliver_here()
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

    async def _wait_to_connect(self, delay: float, error: Exception) -> None:
        # discord.py fails like this where its first connection does not come about, too.
        _log.warning("Discord's gateway cannot be reached: next try in %.1f s. %s", delay, outline(error))
        if self.ws is not None and self.ws.open:
            await self.ws.close()
        await asyncio.sleep(delay)

    async def setup_hook(self) -> None:
        """Add the features and tell Discord their commands."""
        await self.tree.set_translator(CommandNames())
        await self.add_cog(Say(lambda: self.voice, self.workers.words, self._temperature))
        await self.add_cog(About(lambda: self.voice))
        self.add_dynamic_items(Again, FaceButton, ShowFiles)
        await self._add_faces()
        if self._birthdays is not None:
            await self.add_cog(self._birthdays)
        await self._registration.fill()

    async def _add_faces(self) -> bool:
        """Add ``/face`` if the bundle has faces and it is not there; return whether that was so."""
        if self.voice.artist is None or self.get_cog(FACE) is not None:
            return False
        await self.add_cog(Face(lambda: self.voice, self.workers.pictures, for_asker_only=self._faces_for_asker_only))
        return True

    async def _tell_commands(self) -> None:
        try:
            await self._registration.fill()
        except OwnerError as error:
            _log.error("%s", error)
        self._registration.settle(self.guilds)

    async def on_ready(self) -> None:
        """Say in the log that members can call now, and what answers them."""
        _log.info("Ready in %d servers; speaks on %s.", len(self.guilds), self.voice.active_provider)
        if not self._was_ready:
            self._was_ready = True
            self._registration.settle(self.guilds)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Refuse the press of a button that is nobody's here: otherwise it would just fail."""
        custom_id = str(cast("dict[str, Any]", interaction.data or {}).get("custom_id"))
        is_known = any(template.fullmatch(custom_id) for template in self._templates)
        if interaction.type is discord.InteractionType.component and not is_known:
            await error_reply.answer(interaction, UnknownButton())

    def add_dynamic_items(self, *items: type[discord.ui.DynamicItem[Any]]) -> None:
        """Add buttons that outlive the process."""
        self._templates += [item.__discord_ui_compiled_template__ for item in items]
        super().add_dynamic_items(*items)

    async def reload(self) -> bool:
        """Change over to the bundle that lies there now, or go on with the old one; return whether it changed."""
        try:
            folder, provider = self.voice.bundle.folder, self.voice.requested_provider
            self.voice = await self.workers.opening.run(partial(open_models, folder, provider), deferred=True)
        except (BundleError, OwnerError) as error:
            _log.error("The old bundle goes on serving: %s", error)
            return False
        except (Busy, Slow):
            _log.error("The old bundle goes on serving: the new one does not open in time.")
            return False
        except Exception as error:  # noqa: BLE001 - nobody waits for a reload who could be told
            _log.error("The old bundle goes on serving: %s", outline(error))
            return False
        _log.info("A new bundle serves now, on %s.", self.voice.active_provider)
        # Once there it stays: a bundle without faces says so itself.
        if await self._add_faces():
            await self._tell_commands()
        return True

    async def close(self) -> None:
        """Let the wish and the answers that are on their way arrive, leave Discord, then the door."""
        self._registration.stop()
        if self._birthdays is not None:
            await self._birthdays.rest()
        await _finish_answers()
        await super().close()
        self.workers.close()

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
