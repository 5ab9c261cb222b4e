"""Words: ``/say`` and its 🔁."""

from collections.abc import Sequence

from discord.ext import commands

from bot.features.feature import Feature, KeepsNothing
from bot.features.say.cog import Again, Say
from bot.features.say.texts import SayTexts
from bot.groups.group import Group
from bot.i18n import texts_for
from bot.markdown import cut, escaped

_MOST_NAMES = 300


class SayFeature(KeepsNothing, Feature):
    """Continues words; a request is in the button under its answer."""

    texts = SayTexts
    buttons = (Again,)

    def cogs(self) -> Sequence[commands.Cog]:
        """Return ``/say``."""
        return [Say(self.services, self.client)]

    def privacy_lines(self, locale: str, group: Group | None) -> Sequence[str]:
        """Return what is kept, and whom ``/say as:`` can imitate, where the voice has learnt anybody alone."""
        kept = super().privacy_lines(locale, group)
        if group is None or not group.models.members:
            return kept
        names = escaped(cut(", ".join(group.models.members), _MOST_NAMES))
        return [*kept, texts_for(SayTexts, locale).can_imitate.format(names=names)]
