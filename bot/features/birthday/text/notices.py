"""What who manages a server is told. Pure."""

from collections.abc import Iterable

from bot.features.birthday.delivery.messenger import Notice
from bot.features.birthday.model import Celebrated
from bot.features.birthday.texts import BirthdayTexts
from bot.i18n import texts_for
from bot.markdown import LIMIT, cut, plain

_ROOM = 600


def notice_text(notice: Notice, server: str) -> str:
    """Return the whole text of ``notice``."""
    texts = texts_for(BirthdayTexts, notice.settings.language)
    said = texts.notices[notice.about.value].format(
        server=plain(server),
        names=_names(notice.people) or "–",
        reason=texts.refusals[notice.reason.value] if notice.reason else "",
    )
    unsure = _names(each for each in notice.people if each.record.user_id in notice.unsure)
    return f"{said} {texts.notice_unsure.format(names=unsure)}"[:LIMIT] if unsure else said[:LIMIT]


def _names(people: Iterable[Celebrated]) -> str:
    names = ", ".join(f"{each.record.name} ({each.occurrence.date:%m-%d})" for each in people)
    return plain(cut(names, _ROOM)) if names else ""
