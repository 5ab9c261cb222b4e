"""The text of an answer: what was said, and the small print under it. Knows nothing of Discord but its markdown."""

from bot.features.say.request import Request
from bot.features.say.texts import SayTexts
from bot.groups.group import Group
from bot.i18n import texts_for
from bot.inference.speaker import Utterance
from bot.markdown import LIMIT, cut, escaped, small

_MOST_UNKNOWN = 300


def answer(utterance: Utterance, request: Request, group: Group, locale: str) -> str:
    """Return the message for ``utterance``, at most 2,000 characters, in which nothing acts."""
    notes = [small(note) for note in _notes(utterance, request, group, locale)]
    below = "".join("\n" + note for note in notes)
    return escaped(cut(utterance.text, LIMIT - len(below))) + below


def _notes(utterance: Utterance, request: Request, group: Group, locale: str) -> list[str]:
    texts = texts_for(SayTexts, locale)
    how = [f"🎲 {utterance.seed}"]
    if request.member is not None:
        how.append(texts.as_member.format(member=escaped(request.member)))
    if request.temperature != group.settings.temperature:
        how.append(texts.temperature.format(temperature=f"{request.temperature:g}"))
    how.append(group.note(locale, picked=utterance.everybodys))
    return [*_read_as(request, texts), *_never_seen(utterance, texts), " · ".join(how)]


def _read_as(request: Request, texts: SayTexts) -> list[str]:
    if not request.n_in_word:
        return []
    return [texts.read_as.format(word=escaped(request.word), n=request.n)]


def _never_seen(utterance: Utterance, texts: SayTexts) -> list[str]:
    if not utterance.unknown:
        return []
    words = ", ".join(dict.fromkeys(utterance.unknown))
    return [texts.never_seen.format(words=escaped(cut(words, _MOST_UNKNOWN)))]
