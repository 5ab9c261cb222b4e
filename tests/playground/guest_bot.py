"""A small real discord.py bot that has one of everything the page must show. It is no part of the product."""

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import ClassVar

import discord
from discord import app_commands
from PIL import Image

from playground import Playground
from tests.patience import PATIENCE

PICTURES = {"jpeg": (900, 1200), "gif": (160, 240), "png": (640, 360), "webp": (500, 300)}
FRUITS = ("사과", "살구", "수박", "딸기", "포도")
DRESSED = (
    "**굵게** *기울여* ~~지움~~ `코드` ||비밀|| <b id=injected>태그</b> <img src=x onerror=alert(1)> [글](https://example.com)\n"
    "> 인용\n-# 작은 글\n```py\nprint('<script>')\n```"
)


class Names(app_commands.Translator):
    """Korean names of the commands and options."""

    KOREAN: ClassVar = {
        "echo": "따라해",
        "words": "말",
        "times": "번",
        "loud": "크게",
        "fruit": "과일",
        "diary": "일기",
        "Quote this": "인용하기",
        "Say it back": "그대로 돌려줘요",
    }

    async def translate(
        self, string: app_commands.locale_str, locale: discord.Locale, _: app_commands.TranslationContextTypes
    ) -> str | None:
        return self.KOREAN.get(string.message) if locale is discord.Locale.korean else None


class Panel(discord.ui.View):
    """Buttons of every style and a select."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        self.presses = 0
        self.add_item(discord.ui.Button(label="문서", url="https://example.com/", row=0))

    @discord.ui.button(label="더하기", emoji="🔁", style=discord.ButtonStyle.primary, custom_id="more", row=0)
    async def more(self, interaction: discord.Interaction, _: discord.ui.Button) -> None:
        self.presses += 1
        await interaction.response.edit_message(content=f"{self.presses}번 눌렀어요")

    @discord.ui.button(label="조용히", style=discord.ButtonStyle.secondary, custom_id="mute", row=0)
    async def mute(self, interaction: discord.Interaction, _: discord.ui.Button) -> None:
        """Never answers: the page must say so."""

    @discord.ui.button(label="지우기", style=discord.ButtonStyle.danger, custom_id="remove", row=0)
    async def remove(self, interaction: discord.Interaction, _: discord.ui.Button) -> None:
        await interaction.response.defer()
        await interaction.delete_original_response()

    @discord.ui.button(label="꺼짐", style=discord.ButtonStyle.success, custom_id="off", row=0, disabled=True)
    async def off(self, interaction: discord.Interaction, _: discord.ui.Button) -> None:
        """Cannot be pressed."""

    @discord.ui.button(label="받기만", custom_id="taken", row=2)
    async def taken(self, interaction: discord.Interaction, _: discord.ui.Button) -> None:
        """Acknowledges, and nothing more is to be seen."""
        await interaction.response.defer()

    @discord.ui.select(
        placeholder="과일 고르기",
        custom_id="fruits",
        row=1,
        options=[discord.SelectOption(label=fruit) for fruit in FRUITS],
    )
    async def fruits(self, interaction: discord.Interaction, select: discord.ui.Select) -> None:
        await interaction.response.send_message(f"고른 것: {', '.join(select.values)}", ephemeral=True)


class Form(discord.ui.Modal, title="한마디"):
    """One short and one long text."""

    name = discord.ui.TextInput(label="이름", max_length=10)
    story = discord.ui.TextInput(label="하고 싶은 말", style=discord.TextStyle.paragraph, required=False)

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"{self.name.value}: {self.story.value}")


class GuestBot(discord.Client):
    """Logs in, syncs, answers."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents.default(), guild_ready_timeout=0.05)
        self.tree = app_commands.CommandTree(self)
        for command in (echo, pick, form, secret, show, gallery, panel, dressed, card, silent):
            self.tree.add_command(command)
        self.tree.add_command(Diary())
        self.tree.add_command(quote)

    async def setup_hook(self) -> None:
        await self.tree.set_translator(Names())
        await self.tree.sync()


@app_commands.command(description="Say it back")
async def echo(
    interaction: discord.Interaction, words: str, times: app_commands.Range[int, 1, 5], loud: bool | None = None
) -> None:
    text = " ".join([words] * times)
    await interaction.response.send_message(text.upper() if loud else text)


@app_commands.command(description="과일 하나를 골라요")
async def pick(interaction: discord.Interaction, fruit: str) -> None:
    await interaction.response.send_message(f"{fruit}!")


@pick.autocomplete("fruit")
async def fruits(interaction: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=f"{fruit} 한 개", value=fruit) for fruit in FRUITS if current in fruit]


@app_commands.command(description="칸을 채워요")
async def form(interaction: discord.Interaction) -> None:
    await interaction.response.send_modal(Form())


@app_commands.command(description="생각한 다음 나에게만 말해요")
async def secret(interaction: discord.Interaction) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    await asyncio.sleep(0.6)
    await interaction.followup.send("쉿, 비밀이에요")


@app_commands.command(description="올린 사진을 보여줘요")
async def show(interaction: discord.Interaction, photo: discord.Attachment) -> None:
    await interaction.response.send_message(f"{photo.filename} {photo.size}", file=await photo.to_file())


@app_commands.command(description="사진들을 보여줘요")
@app_commands.guild_only()
async def gallery(interaction: discord.Interaction) -> None:
    files = [discord.File(picture(kind, size), f"{kind}.{kind}") for kind, size in PICTURES.items()]
    embed = discord.Embed(title="전시").set_image(url="attachment://webp.webp")
    await interaction.response.send_message("사진이에요", files=files, embed=embed)


def picture(kind: str, size: tuple[int, int]) -> io.BytesIO:
    """Return a picture of one colour."""
    data = io.BytesIO()
    Image.new("RGB", size, (200, 120, 90)).save(data, kind)
    data.seek(0)
    return data


@app_commands.command(description="버튼을 보여줘요")
async def panel(interaction: discord.Interaction) -> None:
    await interaction.response.send_message("눌러 보세요", view=Panel())


@app_commands.command(description="마크다운을 보여줘요")
async def dressed(interaction: discord.Interaction) -> None:
    await interaction.response.send_message(DRESSED)


@app_commands.command(description="카드를 보여줘요")
async def card(interaction: discord.Interaction) -> None:
    embed = discord.Embed(
        title="오늘의 **단어**", description="`가자` 가 가장 많았어요", colour=0xF6CF52, url="https://example.com"
    )
    embed.add_field(name="아침", value="밥").add_field(name="점심", value="국밥").set_footer(text="모델이 썼어요")
    await interaction.response.send_message(embed=embed)


@app_commands.context_menu(name="Quote this")
async def quote(interaction: discord.Interaction, message: discord.Message) -> None:
    await interaction.response.send_message(f"{message.author.display_name}: {message.content}", ephemeral=True)


@app_commands.command(description="아무 말도 하지 않아요")
async def silent(interaction: discord.Interaction) -> None:
    """Let Discord's three seconds pass."""


class Diary(app_commands.Group, name="diary", description="일기"):
    """Commands of two words."""

    @app_commands.command(description="한 줄 쓰기")
    @app_commands.choices(
        mood=[app_commands.Choice(name="좋음", value="good"), app_commands.Choice(name="나쁨", value="bad")]
    )
    async def write(
        self, interaction: discord.Interaction, mood: app_commands.Choice[str], friend: discord.Member | None = None
    ) -> None:
        with_whom = f" {friend.display_name}" if friend else ""
        await interaction.response.send_message(f"{mood.name}/{mood.value}{with_whom}")


@asynccontextmanager
async def guest(playground: Playground) -> AsyncIterator[GuestBot]:
    """Log the guest bot in, and out again."""
    with playground.redirect():
        bot = GuestBot()
        running = asyncio.create_task(bot.start(playground.TOKEN))
        await playground.wait_ready()
        async with asyncio.timeout(PATIENCE):
            # On a busy machine the client calls itself ready before it has heard of every guild.
            while len(bot.guilds) < len(playground.world.guilds_of(playground.world.bot["id"])):  # noqa: ASYNC110 - nothing tells of it
                await asyncio.sleep(0.01)
        yield bot
        await bot.close()
        await running
