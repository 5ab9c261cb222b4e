"""Chooses the emoji that a room would give a message, by a bundle's network, or none where that is not sure.

Sadness taken for a joke is the one mistake that hurts: where crying is likely nobody laughs, and to some words nobody
reacts at all. Knows nothing of who asks.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from bot.bundle import END, START, Bundle, BundleError, Model, Role, Tokenizer, reactions_signature
from bot.bundle.manifest import parsed
from bot.bundle.signs import Kind, for_discord, is_emoji, kind_of, signs, without_signs
from bot.inference.session import Graph, Provider, open_promised

MOST_CLASSES = 16
LIKELY_CRYING = 0.2
"""The probability of crying above which nothing else is given."""
_FEWEST_READ = 0.5
"""The share of a message's letters that the room's words, or Korean at all, must make up to be understood."""
_KINDS = re.compile(r"\w{1,20}|\W{1,4}")
_LETTER, _HANGUL = re.compile(r"[^\W\d_]"), re.compile("[가-힣]")
# A room of friends has few examples of these, and what it has not heard the network does not fear.
_SAD = re.compile(
    r"헤어졌|헤어지|이별|차였|잃어버|잃었|도둑|입원|수술|응급|다쳤|다쳐|부러졌|아프|아파|아팠|열나|힘들|힘드|지쳤|우울|외로|서럽|속상|억울|"
    r"눈물|울었|울고|울컥|떨어졌|불합격|탈락|잘렸|해고|망했|망함|망쳤|보고\s?싶|그립|그리워|죽었|싸웠|미안|후회"
    r"|broke up|dumped|failed|lonely|depress|crying|hospital|miss (?:you|him|her)|sick",
    re.IGNORECASE,
)
# Of death, grave illness and violence no room of jokes has examples enough.
_GRAVE = re.compile(
    r"돌아가셨|돌아가심|돌아가시|장례|부고|조문|빈소|발인|별세|사망|유서|자살|자해|죽고\s?싶|죽어\s?버리|무지개\s?다리|명복|추모|위독"
    r"|중환자|시한부|말기|암\s?(?:진단|선고|판정|이래|이라)|유산했|유산됐|뺑소니|성폭|성추행|폭행|학대"
    r"|passed away|funeral|suicid|kill my|cancer|rest in peace|hospice",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ReactionClasses:
    """What a network tells apart: an ``emoji`` for each class and its kind, and from which probability on it is sure.

    ``longest`` is how many pieces of a message it reads, the last ones.
    """

    emoji: tuple[str, ...]
    kinds: tuple[str, ...]
    threshold: float
    longest: int

    def to_dict(self) -> dict[str, Any]:
        """Return it as a bundle's JSON file has it."""
        classes = [{"emoji": emoji, "kind": kind} for emoji, kind in zip(self.emoji, self.kinds, strict=True)]
        return {"classes": classes, "threshold": self.threshold, "longest": self.longest}

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> Self:
        """Read what :meth:`to_dict` wrote.

        Raises:
            KeyError, TypeError, ValueError: it is none.
        """
        classes = content["classes"]
        emoji, kinds = (tuple(str(each[name]) for each in classes) for name in ("emoji", "kind"))
        threshold, longest = float(content["threshold"]), int(content["longest"])
        if not 2 <= len(emoji) == len({*emoji}) <= MOST_CLASSES or not all(map(is_emoji, emoji)):
            raise ValueError("its emoji cannot be")
        if not all(map(_KINDS.fullmatch, kinds)) or not 0 < threshold <= 1 or not 1 <= longest <= 1_000:
            raise ValueError("a kind or a number cannot be")
        return cls(emoji, kinds, threshold, longest)


class Reactor:
    """A bundle's network for reactions."""

    def __init__(self, graph: Graph, tokenizer: Tokenizer, classes: ReactionClasses) -> None:
        """Take the open graph, what cuts messages, and the classes; :func:`open_reactor` does."""
        self._graph = graph
        self._tokenizer = tokenizer
        self.classes = classes

    def reaction(self, text: str, refused: Set[str] = frozenset()) -> str | None:
        """Return the emoji for a message as Discord takes it, or None where none is sure or would be out of place.

        None of ``refused`` is given.
        """
        words, own = without_signs(text), frozenset(kind_of(sign.emoji) for sign in signs(text))
        if not (words or own) or _GRAVE.search(text) or not self._reads(words):
            return None
        is_sad = bool(_SAD.search(words))
        emoji = chosen(self.classes, self.chances(words), own, refused, is_sad=is_sad)
        return None if emoji is None else for_discord(emoji)

    def chances(self, words: str) -> dict[str, float]:
        """Return the probability of each emoji for words without signs."""
        ids = [START, *self._tokenizer.encode(words)[-self.classes.longest :], END]
        probabilities = self._graph.run(np.array([ids], dtype=np.int64))[0]
        return dict(zip(self.classes.emoji, probabilities.tolist(), strict=True))

    def _reads(self, words: str) -> bool:
        """Say whether it may understand words: there are none, or enough of them are the room's or Korean."""
        letters = len(_LETTER.findall(words))
        return letters == 0 or self._read_letters(words) >= _FEWEST_READ * letters

    def _read_letters(self, words: str) -> int:
        pieces = self._tokenizer.split(words)
        return sum(len((_LETTER if piece.is_known else _HANGUL).findall(piece.text)) for piece in pieces)


def chosen(
    classes: ReactionClasses,
    chances: Mapping[str, float],
    own: Collection[str] = (),
    refused: Set[str] = frozenset(),
    *,
    is_sad: bool = False,
) -> str | None:
    """Return the emoji for a message by the ``chances`` of each, or None.

    Its kind must be sure, or be one of the message's ``own`` signs: so the room labels it itself. Where crying is
    likely, or the words are sad, it is crying or none.
    """
    of_kind: dict[str, float] = defaultdict(float)
    for emoji, kind in zip(classes.emoji, classes.kinds, strict=True):
        of_kind[kind] += chances[emoji]
    own = [kind for kind in own if kind in of_kind]
    if is_sad or Kind.CRYING in own or of_kind.get(Kind.CRYING, 0.0) > LIKELY_CRYING:
        best: str = Kind.CRYING
    else:
        best = max(own or of_kind, key=of_kind.__getitem__)
    if best not in own and of_kind.get(best, 0.0) < classes.threshold:
        return None
    there = [emoji for emoji, kind in zip(classes.emoji, classes.kinds, strict=True) if kind == best]
    allowed = (emoji for emoji in there if refused.isdisjoint({emoji, for_discord(emoji)}))
    return max(allowed, key=chances.__getitem__, default=None)


def open_reactor(bundle: Bundle, tokenizer: Tokenizer, provider: Provider = "auto") -> Reactor | None:
    """Open the bundle's network for reactions, or return None where it has none.

    Raises:
        BundleError: its graph cannot be opened or breaks the contract, or its classes cannot be read.
        ProviderError: the GPU was asked for by name and is not in use.
    """
    for model in bundle.manifest.of_role(Role.REACTIONS).values():
        return _opened(bundle, model, tokenizer, provider)
    return None


def _opened(bundle: Bundle, model: Model, tokenizer: Tokenizer, provider: Provider) -> Reactor:
    if model.data is None:
        raise BundleError("The network for reactions names no file of its emoji: export the bundle again.")
    path = bundle.path(model.data)
    try:
        classes = ReactionClasses.from_dict(parsed(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, OverflowError) as error:
        raise BundleError(f"{path.name} is no list of reactions ({error!r}): export the bundle again.") from error
    # The last id shows whether it knows all the pieces of the tokenizer.
    trial = (np.array([[START, len(tokenizer) - 1, END]]),)
    graph = open_promised(bundle, model, provider, reactions_signature(len(classes.emoji)), trial)
    return Reactor(graph, tokenizer, classes)
