"""The vocabulary: which morphemes a network has as pieces, in which parts it spells the rest, and what may come out.

Nothing that one person alone said may come out: it may be a name, or a password. Knows nothing of how text is cut, nor
of networks.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from bot.bundle.subwords import ALPHABET, BEGIN, GOES_ON, Speller
from bot.bundle.tokenizer import SPECIALS, Rare, Tokenizer

PEOPLE = 2
"""So many people must have said a morpheme, and said it as often, before it may come out."""

OFTEN = 8
"""A morpheme that was said less often is better spelt: what a network learns of its parts is of use for others, too."""

FEWEST_USES = 8
"""A part that spells less often is not worth a piece either: its letters are spelt in jamo."""

KNOWN = 2
"""What a base voice has as a piece is one if it was said, or spells, so often: it need not be learnt anew."""


def build(  # noqa: PLR0913 - what was said, and how often is often
    lines: Sequence[Sequence[str]],
    speakers: Sequence[str],
    size: int = 2000,
    *,
    known: Collection[str] = (),
    often: int = OFTEN,
    fewest_uses: int = FEWEST_USES,
) -> Tokenizer:
    """Return the open tokenizer of ``lines``, each of which one of ``speakers`` wrote (empty where no name is told).

    Its pieces are the ``size`` most frequent of the morphemes that may come out and were said ``often``, and the parts
    that spell all others, with at least ``fewest_uses`` each; of ``known`` ones ``KNOWN`` are enough for both. Where
    fewer than ``PEOPLE`` have a name, whatever was said so often may come out. Of equally frequent morphemes the one
    that sorts first comes first: the order of the lines makes no difference.

    Raises:
        ValueError: ``size`` is less than 1, or there is no morpheme that may come out.
    """
    if size < 1:
        raise ValueError(f"a vocabulary of {size} pieces is none")
    counts = Counter(morpheme for line in lines for morpheme in line)
    common = _said_by_several(counts, lines, speakers)
    if not common:
        raise ValueError("there is nothing to learn from: not one morpheme that was said twice")
    # What one person alone said is no piece for its own sake, however well the base knows it.
    known = frozenset(known) - (counts.keys() - common)
    fewest = {morpheme: KNOWN if morpheme in known else often for morpheme in common - {*ALPHABET}}
    worth = {morpheme: counts[morpheme] for morpheme, least in fewest.items() if counts[morpheme] >= least}
    wholes = dict(_frequent(worth)[:size])
    rest = {morpheme: count for morpheme, count in counts.items() if morpheme not in wholes}
    parts = _parts(rest, wholes, known, fewest_uses)
    pieces = [*SPECIALS, *wholes, *parts]
    uses = [0, len(lines), len(lines), *wholes.values(), *parts.values()]
    rare = {morpheme: count for morpheme, count in sorted(rest.items()) if morpheme in common}
    return Tokenizer(pieces, uses, Rare(len(wholes), rare))


def _frequent(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))


def _said_by_several(counts: Mapping[str, int], lines: Iterable[Sequence[str]], speakers: Sequence[str]) -> set[str]:
    """Return the morphemes that may come out."""
    often = {morpheme for morpheme, count in counts.items() if count >= PEOPLE}
    if len({*speakers} - {""}) < PEOPLE:
        return often
    people: dict[str, set[str]] = defaultdict(set)
    for who, line in zip(speakers, lines, strict=True):
        for morpheme in often.intersection(line):
            people[morpheme].add(who)
    return {morpheme for morpheme in often if len(people[morpheme]) >= PEOPLE}


def _parts(
    rest: Mapping[str, int], wholes: Mapping[str, int], known: frozenset[str], fewest_uses: int
) -> dict[str, int]:
    """Return the parts that spell ``rest``, those of the alphabet among them, with how often each does.

    They are the letters of it, the pieces there are and the ``known`` ones; then those that spell often enough.
    """
    letters: Counter[str] = Counter()
    for morpheme, count in rest.items():
        for letter in _letters(morpheme):
            letters[letter] += count
    whole = letters + Counter(wholes)
    ways = whole + Counter({part + GOES_ON: count for part, count in whole.items()})
    used = _used(rest, ways | Counter(known))
    worth = {
        part: count
        for part, count in used.items()
        if part in wholes or count >= (KNOWN if part in known else fewest_uses)
    }
    used = _used(rest, Counter(wholes) + Counter(worth))
    chosen = {part: used[part] for part in worth if part not in wholes}
    parts = {part: used[part] for part in ALPHABET} | chosen
    return dict(sorted(parts.items(), key=lambda entry: (entry[0].endswith(GOES_ON), -entry[1], entry[0])))


def _used(rest: Mapping[str, int], counts: Mapping[str, int]) -> Counter[str]:
    speller, used = Speller(counts), Counter[str]()
    for morpheme, count in rest.items():
        for part in speller.spell(morpheme):
            used[part] += count
    return used


def _letters(morpheme: str) -> Sequence[str]:
    """Return the letters of a morpheme, the mark at the first."""
    return [morpheme[:2], *morpheme[2:]] if morpheme.startswith(BEGIN) else morpheme
