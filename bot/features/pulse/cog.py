"""``/pulse`` and its buttons on Discord; what is said and drawn is decided in the modules beside this one."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

import discord
from discord import app_commands
from discord.app_commands import Choice
from discord.ext import commands

from bot.bundle.pulse import DAY, WEEK
from bot.features.attachments import file
from bot.features.buttons import StatefulButton, row
from bot.features.commands import everywhere
from bot.features.feature import Services
from bot.features.interactions import place_of
from bot.features.pulse import chart, sentences
from bot.features.pulse.chart import Labels
from bot.features.pulse.request import CUSTOM_ID, EARLIEST, LATEST, Request
from bot.features.pulse.texts import PulseTexts
from bot.groups.group import Group
from bot.groups.texts import GroupTexts
from bot.i18n import UserFacingError, texts_for
from bot.inference.pulse import Outlook, Pulse
from bot.markdown import small

COG = "Pulse"
_CHOICES = {
    "the next day": Request("day"),
    "the next week": Request("week"),
    "a year in counts": Request("year"),
}
_EMOJI = {"day": "🕙", "week": "📆", "year": "🎉"}
_EVERY = 3
"""Hours between two that are named below a day."""
_NOON = 12
_ROOM = 3
"""Bars that the name of a weekday is as wide as."""


class _Answer(NamedTuple):
    content: str
    picture: Callable[[], bytes]
    caption: str
    view: discord.ui.View


class PulseCog(commands.Cog, name=COG):
    """Answers ``/pulse``."""

    def __init__(self, services: Services) -> None:
        """Take the groups, the worker of their words, the clock, and the zone whose clock hangs on the wall.

        A picture of bars takes some hundredths of a second: it need not wait for somebody's photo.
        """
        self._groups = services.groups
        self._worker = services.workers.words
        self._clock, self._zone = services.clock, services.zone

    @app_commands.command(name="pulse", description="When this room gets lively, or its year in counts")
    @app_commands.describe(show="The next day, the next week, or a year in counts", year="Which year to count")
    @app_commands.choices(show=[Choice(name=name, value=request.custom_id()) for name, request in _CHOICES.items()])
    @everywhere
    async def pulse(
        self,
        interaction: discord.Interaction,
        show: Choice[str] | None = None,
        year: app_commands.Range[int, EARLIEST, LATEST] | None = None,
    ) -> None:
        """Show when the room gets lively; a year in counts where one is named."""
        request = (
            Request.of_button(show.value) if show and year is None else Request("day" if year is None else "year", year)
        )
        answer = await self._answer(interaction, request)
        file = await self._file(answer)
        await interaction.response.send_message(answer.content, file=file, view=answer.view)

    async def show(self, interaction: discord.Interaction, request: Request) -> None:
        """Show what a button is for, in the place of what its message shows.

        Raises:
            UserFacingError: the bundle of the moment knows nothing of it.
            Busy, Slow: too many are asking at once, or this takes too long.
        """
        answer = await self._answer(interaction, request)
        file = await self._file(answer)
        await interaction.response.edit_message(content=answer.content, attachments=[file], view=answer.view)

    async def _file(self, answer: _Answer) -> discord.File:
        picture = await self._worker.run(answer.picture)
        return file(picture, "pulse.png", answer.caption)

    async def _answer(self, interaction: discord.Interaction, request: Request) -> _Answer:
        group = await self._groups.at(place_of(interaction))
        if group.models.pulse is None:
            raise UserFacingError(PulseTexts, "not_here")
        locale = interaction.locale.value
        now = self._clock.now().astimezone(self._zone).replace(tzinfo=None)
        return _answer(request, group, group.models.pulse, now, locale)


def _answer(request: Request, group: Group, pulse: Pulse, now: datetime, locale: str) -> _Answer:
    texts = texts_for(PulseTexts, locale)
    if request.shown == "year":
        return _review(request, group, pulse, locale)
    outlook = pulse.outlook(now, DAY if request.shown == "day" else WEEK)
    below = " · ".join([*sentences.about_forecast(outlook, pulse.counts, texts), *_stands_in(group, locale)])
    labels = _of_day(outlook, texts) if request.shown == "day" else _of_week(outlook, texts)
    usual = None if outlook.is_usual else outlook.usual
    return _Answer(
        f"{sentences.forecast(outlook, texts)}\n{small(below)}",
        partial(chart.hours, outlook.expected, usual, sentences.peak(outlook), labels),
        texts.picture_of_day if request.shown == "day" else texts.picture_of_week,
        _buttons([Request("week" if request.shown == "day" else "day"), Request("year")], texts),
    )


def _review(request: Request, group: Group, pulse: Pulse, locale: str) -> _Answer:
    texts, years = texts_for(PulseTexts, locale), pulse.counts.years
    counts = request.year_of(years)
    below = " · ".join([texts.review_small, *_stands_in(group, locale)])
    year = counts.first.year
    beside = [Request("year", other) for other in (year - 1, year + 1) if other in years]
    return _Answer(
        "\n".join([*sentences.review(counts, texts), small(below)]),
        partial(
            chart.months, counts.months, Labels({month: str(month + 1) for month in range(len(counts.months))}, {})
        ),
        texts.picture_of_year.format(year=year),
        _buttons([*beside, Request("day")], texts),
    )


def _stands_in(group: Group, locale: str) -> list[str]:
    return [texts_for(GroupTexts, locale).stands_in] if group.stands_in else []


def _of_day(outlook: Outlook, texts: PulseTexts) -> Labels:
    moments = _moments(outlook)
    below = {place: texts.short_hour.format(hour=at.hour) for place, at in enumerate(moments) if at.hour % _EVERY == 0}
    midnight = next(place for place, at in enumerate(moments) if at.hour == 0)
    days = {midnight} if 0 < midnight < _ROOM else {0, midnight}
    return Labels(below, {place: texts.short_weekdays[moments[place].weekday()] for place in sorted(days)})


def _of_week(outlook: Outlook, texts: PulseTexts) -> Labels:
    moments = _moments(outlook)
    noons = {place: at for place, at in enumerate(moments) if at.hour == _NOON}
    midnights = {place: "" for place, at in enumerate(moments) if at.hour == 0}
    return Labels({place: texts.short_weekdays[at.weekday()] for place, at in noons.items()}, midnights)


def _moments(outlook: Outlook) -> list[datetime]:
    return [outlook.hour(place) for place in range(len(outlook.expected))]


def _buttons(requests: Sequence[Request], texts: PulseTexts) -> discord.ui.View:
    names = {"day": texts.show_day, "week": texts.show_week, "year": texts.show_year}
    labels = [str(request.year) if request.year else names[request.shown] for request in requests]
    buttons = zip(requests, labels, strict=True)
    return row(
        *(PulseButton(request.custom_id(), emoji=_EMOJI[request.shown], label=name) for request, name in buttons)
    )


class PulseButton(StatefulButton, template=CUSTOM_ID):
    """A button that shows something else: it carries the request."""

    cog_name = COG

    async def press(self, interaction: discord.Interaction[Any], cog: PulseCog) -> None:
        """Show it in the place of what is shown."""
        await cog.show(interaction, Request.of_button(self.custom_id))
