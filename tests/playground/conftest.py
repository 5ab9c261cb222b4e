"""A playground with a small real discord.py bot in it that uses everything a bot of ours uses."""

import asyncio
import io
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord
import pytest
from discord import app_commands

from playground import Playground

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000003000000020802000000"
    "12167e4d0000000c49444154789c63f8cfc0c0c0000006000301d1a2b3c40000000049454e44ae426082"
)


class Counter(discord.ui.DynamicItem[discord.ui.Button], template=r"count:(?P<count>\d+)"):
    """A button whose state is in its custom_id, so that it outlives the bot."""

    def __init__(self, count: int) -> None:
        super().__init__(discord.ui.Button(label=f"{count}", custom_id=f"count:{count}"))
        self.count = count

    @classmethod
    async def from_custom_id(cls, _i: discord.Interaction, _item: discord.ui.Item, match: re.Match[str], /):
        return cls(int(match["count"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        view = discord.ui.View(timeout=None).add_item(Counter(self.count + 1))
        await interaction.response.edit_message(content=f"{self.count + 1}번", view=view)


class Form(discord.ui.Modal, title="한마디"):
    """A form of two fields."""

    short = discord.ui.TextInput(label="제목", custom_id="short")
    long = discord.ui.TextInput(label="내용", custom_id="long", style=discord.TextStyle.long, required=False)

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"{self.short.value}: {self.long.value}", ephemeral=True)


class Korean(app_commands.Translator):
    """Names a member sees in Korean."""

    async def translate(self, string, locale, _context) -> str | None:
        return (
            {"say": "말해", "word": "단어", "Quote this": "인용하기"}.get(string.message)
            if locale is discord.Locale.korean
            else None
        )


class Guest(discord.Client):
    """The bot. ``heard`` are the messages it was told of, ``resumes`` how often it resumed."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents.default(), guild_ready_timeout=0.05)
        self.tree = app_commands.CommandTree(self)
        self.heard: list[discord.Message] = []
        self.resumes = 0
        self.errors: list[BaseException] = []
        for add in (add_answers, add_options, add_oddities, add_group, add_menus):
            add(self.tree)

        @self.tree.error
        async def note(interaction: discord.Interaction, error: app_commands.AppCommandError) -> None:
            self.errors.append(getattr(error, "original", error))

    async def setup_hook(self) -> None:
        self.add_dynamic_items(Counter)
        await self.tree.set_translator(Korean())
        await self.tree.sync()

    async def on_message(self, message: discord.Message) -> None:
        self.heard.append(message)

    async def on_resumed(self) -> None:
        self.resumes += 1


async def fruits(interaction: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
    """Offer the fruits that begin so; too many of them when asked for all."""
    if current == "all":
        return [app_commands.Choice(name=f"{n}", value=f"{n}") for n in range(30)]
    return [app_commands.Choice(name=one, value=one) for one in ("사과", "살구", "수박") if one.startswith(current)]


def add_answers(tree: app_commands.CommandTree) -> None:
    """Add a command for every way to answer."""

    @tree.command(description="words")
    async def say(
        interaction: discord.Interaction, word: app_commands.Range[str, 1, 100], n: app_commands.Range[int, 1, 50]
    ) -> None:
        await interaction.response.send_message(" ".join([word] * n), view=discord.ui.View().add_item(Counter(n)))

    @tree.command(description="thinks first")
    async def later(interaction: discord.Interaction, secret: bool = False) -> None:
        await interaction.response.defer(thinking=True, ephemeral=secret)
        await interaction.edit_original_response(content="생각 끝")

    @tree.command(description="a form")
    async def form(interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Form())

    @tree.command(description="a picture in an embed, and a file")
    async def picture(interaction: discord.Interaction) -> None:
        embed = discord.Embed(title="그림").set_image(url="attachment://a.png")
        files = [discord.File(io.BytesIO(PNG), "a.png"), discord.File(io.BytesIO("메모".encode()), "b.txt")]
        await interaction.response.send_message(embed=embed, files=files)

    @tree.command(description="several messages")
    async def follow(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("하나")
        more = await interaction.followup.send("둘", ephemeral=True, wait=True)
        await more.edit(content="둘 고침")
        gone = await interaction.followup.send("셋", wait=True)
        await gone.delete()
        first = await interaction.original_response()
        await interaction.edit_original_response(content=f"{first.content} 고침")


def add_options(tree: app_commands.CommandTree) -> None:
    """Add commands for every kind of option."""

    @tree.command(description="all kinds of options")
    @app_commands.choices(
        colour=[app_commands.Choice(name="빨강", value="red"), app_commands.Choice(name="파랑", value="blue")]
    )
    async def kinds(  # noqa: PLR0917
        interaction: discord.Interaction,
        who: discord.Member,
        where: discord.TextChannel,
        ratio: float,
        sure: bool,
        colour: str,
        photo: discord.Attachment | None = None,
    ) -> None:
        size = len(await photo.read()) if photo else 0
        await interaction.response.send_message(f"{who.display_name} {where.name} {ratio} {sure} {colour} {size}")

    @tree.command(description="offers fruits")
    @app_commands.autocomplete(name=fruits)
    async def fruit(interaction: discord.Interaction, name: str) -> None:
        await interaction.response.send_message(name)

    @tree.command(description="sends what it is told, and pings whom it may")
    async def repeat(interaction: discord.Interaction, text: str, quiet: bool) -> None:
        allowed = discord.AllowedMentions.none() if quiet else discord.AllowedMentions.all()
        await interaction.response.send_message(text, allowed_mentions=allowed)


def add_oddities(tree: app_commands.CommandTree) -> None:
    """Add commands that do what they should not."""

    @tree.command(description="never answers")
    async def silent(interaction: discord.Interaction, seconds: float = 0.0) -> None:
        if seconds:
            await asyncio.sleep(seconds)
            await interaction.response.send_message("늦었다")

    @tree.command(description="answers twice")
    async def twice(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("한 번")
        interaction.response._response_type = None
        await interaction.response.send_message("두 번")


def add_group(tree: app_commands.CommandTree) -> None:
    """Add a command with subcommands."""
    group = app_commands.Group(name="box", description="things in a box")
    tree.add_command(group)

    @group.command(description="put in")
    async def put(interaction: discord.Interaction, thing: str) -> None:
        await interaction.response.send_message(f"넣음 {thing}")

    @group.command(description="take out")
    async def take(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("꺼냄")


def add_menus(tree: app_commands.CommandTree) -> None:
    """Add commands of the context menus of messages and of people."""

    @tree.context_menu(name="Quote this")
    async def quote(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"> {message.author.display_name}: {message.content}", ephemeral=True)

    @tree.context_menu(name="Wave")
    @app_commands.guild_only()
    async def wave(interaction: discord.Interaction, who: discord.Member) -> None:
        await interaction.response.send_message(f"{who.display_name} 안녕")


@asynccontextmanager
async def connected(playground: Playground) -> AsyncIterator[Guest]:
    """Connect a new Guest to a running playground."""
    with playground.redirect():
        bot = Guest()
        running = asyncio.create_task(bot.start(playground.TOKEN))
        await playground.wait_ready()
        await bot.wait_until_ready()
        yield bot
        await bot.close()
        await running


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    """Yield an empty playground; the time for a first answer is short, so that tests of it are."""
    async with Playground(answer_within=1.0) as made:
        yield made


@pytest.fixture
async def guest(playground: Playground) -> AsyncIterator[Guest]:
    """Yield a bot that is ready in the playground."""
    async with connected(playground) as bot:
        yield bot


@pytest.fixture
def connect():
    """Connect another bot to a playground; see :func:`connected`."""
    return connected
