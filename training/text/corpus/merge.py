"""Merging overlapping exports of a room: every message once, in one timeline, whoever saved it and in whatever order.

Two exports are of one room if they agree on most of the telling messages in the time that both cover: the same words
within a minute of each other. A single message proves nothing, for one person can paste one line into two rooms. Then
their messages are matched one to one, so that what was really said twice in one of them stays twice. Who is who comes
out of the matched messages: each phone has names of its own for the others, and ``회원님`` or ``you`` for its owner.

Knows nothing of files, of cleaning or of training.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from training.text.corpus.timeline import Timeline
from training.text.message import Message

_TELLING = 4
"""So many different letters: ㅋㅋㅋㅋ, 응 and 대박 are said in every room at any time."""

_EVIDENCE = 8
"""Letters, the different ones of each text, on which two exports must agree for a closer look."""

_TOO_MANY_ROOMS = 8
"""A text that stands in more rooms than this tells none of them."""

_NEXT = (0, -1, 1)  # minutes in which another phone may have saved a message, the likeliest first
_QUARTER, _SUMMER, _MOST_APART = 15, 60, 26 * 60  # minutes between the clocks of two places on Earth


@dataclass(frozen=True, slots=True)
class Merged:
    """Every message once. ``repeated`` is how many more there were; ``names`` has all the names of each person."""

    timelines: list[Timeline]
    repeated: int
    names: Mapping[str, frozenset[str]]


def merge(timelines: Iterable[Timeline]) -> Merged:
    """Lay together what overlaps; everything else stays as it is, in its order."""
    merging = _Merging()
    for timeline in timelines:
        merging.add(timeline)
    return merging.finish()


@dataclass(slots=True)
class _Merging:
    rooms: dict[int, Timeline] = field(default_factory=dict)
    repeated: int = 0
    _count: int = 0
    _rooms_of: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def add(self, timeline: Timeline) -> None:
        place = self._count
        self._count += 1
        for number in sorted(self._alike(timeline)):
            overlap = _overlap(self.rooms[number], timeline)
            if overlap:
                self.repeated += len(overlap.pairs)
                timeline = _woven(self.rooms.pop(number), overlap)
                place = min(place, number)
        self.rooms[place] = timeline
        for key in timeline.places:
            self._rooms_of[key].add(place)

    def _alike(self, timeline: Timeline) -> list[int]:
        """Return the rooms that share enough to be worth a closer look."""
        shared: Counter[int] = Counter()
        for key in timeline.places:
            rooms = self._rooms_of.get(key, ())
            if len(rooms) <= _TOO_MANY_ROOMS:
                shared.update(dict.fromkeys(rooms, len(set(key))))
        return [number for number, evidence in shared.items() if evidence >= _EVIDENCE and number in self.rooms]

    def finish(self) -> Merged:
        rooms = [self.rooms[number] for number in sorted(self.rooms)]
        names: dict[str, frozenset[str]] = {}
        for room in rooms:
            names = _together(names, room.names, {})
        return Merged(rooms, self.repeated, names)


@dataclass(frozen=True, slots=True)
class _Overlap:
    """How two timelines of one room lie over each other.

    ``second`` is the second by the clock of the first; ``pairs`` leads from its places to those of the first,
    ``renamed`` from its names to the first's, and ``shared`` from names that several people have there to theirs here.
    """

    second: Timeline
    pairs: Mapping[int, int]
    renamed: Mapping[str, str]
    shared: Mapping[str, set[str]]


def _overlap(first: Timeline, second: Timeline) -> _Overlap | None:
    """Return how the two overlap, or None if they are different rooms, or different times of one."""
    offset = _clocks_apart(first, second)
    if offset is None:
        return None
    second = second.set_back(offset)
    votes = _votes(first, second)
    same = _same_people(votes)
    pairs = _matched(first, second, same)
    begin = max(first.span()[0], second.span()[0]) - 1
    end = min(first.span()[1], second.span()[1]) + 1
    agreed = [second.keys[place] for place in pairs]
    is_one_room = any(_is_most(agreed, timeline.between(begin, end)) for timeline in (first, second))
    shared = _shared(same)
    return _Overlap(second, pairs, _renamed(votes, shared), shared) if is_one_room else None


def _is_most(agreed: Sequence[str], of: Sequence[str]) -> bool:
    """Say whether two exports agree on half of the telling messages, or of all where none is telling."""
    telling = sum(map(_is_telling, of))
    return sum(map(_is_telling, agreed)) * 2 >= telling if telling else len(agreed) * 2 >= max(len(of), 1)


def _clocks_apart(first: Timeline, second: Timeline) -> list[int] | None:
    """Return by how many minutes the clock of each message of the second is ahead; None if nothing makes them agree."""
    agreed: Counter[int] = Counter()
    offsets: dict[int, int] = {}
    for key, places in second.places.items():
        offset = _offset(first.minutes_of(key), second.minutes_of(key))
        if offset is not None:
            agreed[offset] += len(set(key))
            offsets |= dict.fromkeys(places[: len(places) == 1], offset)
    usual = max(agreed, key=lambda offset: (agreed[offset], offset == 0), default=0)
    return _along(len(second.messages), offsets, usual) if agreed[usual] >= _EVIDENCE else None


def _offset(ours: Sequence[int], theirs: Sequence[int]) -> int | None:
    """Return by how much a text tells that their clock is ahead: nothing if said at the same time, else whole zones."""
    if not {near for minute in theirs for near in (minute - 1, minute, minute + 1)}.isdisjoint(ours):
        return 0
    return _zones_apart(theirs[0] - ours[0]) if len(theirs) == len(ours) == 1 else None


def _zones_apart(minutes: int) -> int | None:
    """Return the whole quarters of an hour, the only differences of clocks."""
    quarters = round(minutes / _QUARTER) * _QUARTER
    return quarters if abs(minutes - quarters) <= 1 and abs(quarters) <= _MOST_APART else None


def _along(count: int, offsets: Mapping[int, int], usual: int) -> list[int]:
    """Return the minutes for each of ``count`` messages: in summer, the clocks of two countries differ by an hour more.

    What two texts in a row tell is believed, until two others tell something else.
    """
    near = [(place, offset) for place, offset in sorted(offsets.items()) if abs(offset - usual) in (0, _SUMMER)]
    sure = [one for one, next_one in pairwise(near) if one[1] == next_one[1]]
    changes = [(0, sure[0][1] if sure else usual), *sure, (count, usual)]
    return [offset for (place, offset), (until, _) in pairwise(changes) for _ in range(until - place)]


def _votes(first: Timeline, second: Timeline) -> Counter[tuple[str, str]]:
    """Count who of the first and who of the second said the same, by its letters: the longer, the surer.

    Only what one alone said in its minute tells, or in the next where a phone saves other minutes.
    """
    ours, theirs = _said_alone(first.moments()), _said_alone(second.moments())
    votes: Counter[tuple[str, str]] = Counter()
    for (minute, key), place in theirs.items():
        near = (ours.get((minute + off, key)) for off in _NEXT)
        earlier = next((at for at in near if at is not None), None)
        if earlier is not None:
            votes[first.messages[earlier].who, second.messages[place].who] += len(set(key))
    return votes


def _said_alone(moments: Iterable[tuple[int, str, int]]) -> dict[tuple[int, str], int]:
    places: dict[tuple[int, str], list[int]] = defaultdict(list)
    for minute, key, place in moments:
        places[minute, key].append(place)
    return {moment: indices[0] for moment, indices in places.items() if len(indices) == 1}


def _same_people(votes: Mapping[tuple[str, str], int]) -> set[tuple[str, str]]:
    """Return the pairs of names that are one person: most of what either said, the other said.

    Of either, not of both: whoever left the room shares one name with everybody else who did.
    """
    ours: Counter[str] = Counter()
    theirs: Counter[str] = Counter()
    for (our, their), count in votes.items():
        ours[our] += count
        theirs[their] += count
    return {pair for pair, count in votes.items() if count * 2 > min(ours[pair[0]], theirs[pair[1]])}


def _shared(same: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Return the names of the second that may be any of several people of the first."""
    people_of: dict[str, set[str]] = defaultdict(set)
    for our, their in filter(all, same):  # some files name nobody
        people_of[their].add(our)
    return {their: people for their, people in people_of.items() if len(people) > 1}


def _renamed(votes: Mapping[tuple[str, str], int], shared: Collection[str]) -> dict[str, str]:
    """Return what the first calls the people of the second, where most of what they said is one person's there."""
    theirs: Counter[str] = Counter()
    for (_, their), count in votes.items():
        theirs[their] += count
    return {their: our for (our, their), count in votes.items() if count * 2 > theirs[their] and their not in shared}


def _matched(first: Timeline, second: Timeline, same: set[tuple[str, str]]) -> dict[int, int]:
    """Match each message of the second with one of the first: of its minute if there is one, else of the next."""
    free: dict[tuple[int, str], list[int]] = defaultdict(list)
    for minute, key, place in first.moments():
        free[minute, key].append(place)
    paired_names = {name for pair in same for name in pair}
    pairs: dict[int, int] = {}
    for off in _NEXT:
        for minute, key, place in second.moments():
            places = free.get((minute + off, key))
            if places and place not in pairs:
                author = second.messages[place].who
                earlier = next(
                    (at for at in places if _are_one(first.messages[at].who, author, same, paired_names)), None
                )
                if earlier is not None:
                    places.remove(earlier)
                    pairs[place] = earlier
    return pairs


def _are_one(our: str, their: str, same: set[tuple[str, str]], paired_names: set[str]) -> bool:
    return (our, their) in same or (our == their and our not in paired_names)


def _woven(first: Timeline, overlap: _Overlap) -> Timeline:
    """Return the first with what only the second has, each where it was said."""
    second = overlap.second
    messages = list(first.messages)
    for place, ours in overlap.pairs.items():
        if len(second.messages[place].text) > len(messages[ours].text):  # the first's phone may have cut it
            messages[ours] = replace(messages[ours], text=second.messages[place].text)
    more: dict[int, list[Message]] = defaultdict(list)
    for after, place in _gaps(first, overlap):
        message = second.messages[place]
        more[after].append(replace(message, who=overlap.renamed.get(message.who, message.who)))
    woven = more[-1]
    for place, message in enumerate(messages):
        woven += [message, *more[place]]
    spoke = {message.who for message in woven}
    together = _together(first.names, second.names, overlap.renamed)
    for their, people in overlap.shared.items():  # whoever is left out may have said any of it
        together |= {who: together[who] | {their} for who in people}
        together[their] = together[their].union(*(together[who] for who in people))
    names = {who: all_names for who, all_names in together.items() if who in spoke}
    return Timeline(woven, first.is_continued and second.is_continued, names)


def _together(
    first: Mapping[str, frozenset[str]], second: Mapping[str, frozenset[str]], renamed: Mapping[str, str]
) -> dict[str, frozenset[str]]:
    names = dict(first)
    for their, all_theirs in second.items():
        who = renamed.get(their, their)
        names[who] = names.get(who, frozenset({who})) | all_theirs
    return names


def _gaps(first: Timeline, overlap: _Overlap) -> Iterator[tuple[int, int]]:
    """Yield after which place of the first each message goes that only the second has."""
    after = -1
    for minute, _, place in overlap.second.moments():
        if place in overlap.pairs:
            after = overlap.pairs[place]
            continue
        while after + 1 < len(first.messages) and first.minutes[after + 1] < minute:
            after += 1
        yield after, place


def _is_telling(key: str) -> bool:
    return len(set(key)) >= _TELLING
