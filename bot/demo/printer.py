"""The demo's printer: does one step after the other and prints what the bot says, asked or of its own accord.

Knows nothing of how the local Discord works or of what the bot answers.
"""

from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from bot.demo.script import Step
from bot.i18n import LANGUAGES, CoreTexts, texts_for
from bot.markdown import unescaped
from playground import Playground, PlaygroundError
from playground.plain_text import plain_text
from playground.world.clock import ClockControl

_PATIENCE = 5.0
"""Seconds until a call counts as not answered."""


class DemoPrinter:
    """Does the steps and prints what comes of them."""

    def __init__(
        self, playground: Playground, clock_control: ClockControl, zone: tzinfo, out: Console, save: Path | None = None
    ) -> None:
        """Take a local Discord with a bot in it, what turns its clock, where its people live, and where to write."""
        self._playground = playground
        self._clock_control = clock_control
        self._zone = zone
        self._out = out
        self._save = save
        self._saved = 0
        playground.world.listen(self._happened)

    async def do(self, step: Step) -> bool:
        """Do one step and what becomes due by it; return whether it was answered as it should be."""
        well = True
        if isinstance(step, str):
            well = await self._type(step)
        else:
            await self._clock_control.advance(step)
        await self._clock_control.settled()
        return well

    async def _type(self, command: str) -> bool:
        self._print(command, "dim")
        try:
            if not command.startswith("/"):
                return await self._say(command)
            answer = await self._playground.command(command)
        except PlaygroundError as error:
            self._print(f"  {error}", "red")
            return False
        self._print_message(answer.content)
        self._keep(answer.attachments)
        return not is_failure(answer.content)

    async def _say(self, words: str) -> bool:
        """Say something in the chat; whoever is called in it has to answer, which is printed as it comes."""
        message = self._playground.say(words)
        if self._playground.world.bot in message["mentions"]:
            await self._playground.reply_to(message, _PATIENCE)
        return True

    def _happened(self, name: str, data: dict[str, Any]) -> None:
        """Print what the bot says unasked; what it says to a command is printed as the answer."""
        world = self._playground.world
        if name != "MESSAGE_CREATE" or data["author"]["id"] != world.bot["id"] or "interaction_metadata" in data:
            return
        channel = world.channel(data["channel_id"])
        where = f"#{channel['name']}" if "name" in channel else f"@{channel['recipients'][0]['global_name']}"
        when = datetime.fromisoformat(data["timestamp"]).astimezone(self._zone)
        self._print(f"{when:%Y-%m-%d %H:%M} {where}", "dim")
        self._print_message(data["content"])
        self._keep(data.get("attachments") or [])

    def _keep(self, files: list[dict[str, Any]]) -> None:
        """Write the files of a message, numbered, or say that there are some."""
        for file in files:
            self._saved += 1
            name = f"{self._saved:02}-{Path(file['filename']).name}"
            attachment = self._playground.world.attachments.get(file["id"])
            if self._save is not None and attachment is not None:
                self._save.mkdir(parents=True, exist_ok=True)
                (self._save / name).write_bytes(attachment[1])
                self._print(f"  → {self._save / name}", "dim")
            else:
                self._print(f"  📎 {file['filename']} (--save writes it)", "dim")

    def _print_message(self, content: str) -> None:
        for line in plain_text(content, self._playground.world, self._zone).splitlines():
            small = line.removeprefix("-# ")
            self._print(f"  {unescaped(small)}", "" if small == line else "dim")

    def _print(self, text: str, style: str) -> None:
        self._out.print(Text(text, style=style), soft_wrap=True)


def is_failure(content: str) -> bool:
    """Return whether a message says, in any language, that something went wrong on the bot's side."""
    sentences = (texts_for(CoreTexts, language).failed for language in LANGUAGES)
    return any(content.startswith(sentence.partition("{")[0]) for sentence in sentences)
