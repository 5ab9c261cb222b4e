"""The corpus of chat files: the messages that may be learned, in conversations, and a report on every line.

Personal data is gone before anything else sees a message. Knows nothing of words, networks or commands.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from sys import intern

from training.common.errors import ChatError
from training.common.progress import Progress
from training.text.cleaning.cleaner import Cleaner
from training.text.consent.agreement import EVERYONE, Agreement, Standing
from training.text.consent.people import NOBODY, People
from training.text.corpus import merge
from training.text.corpus.exclusion import Exclusion
from training.text.corpus.merge import Merged
from training.text.corpus.report import FileRead, Report
from training.text.corpus.timeline import Timeline
from training.text.message import UNDATED, Message, Reason, Skipped
from training.text.readers.detection import Chat, chats_in
from training.text.readers.unsupported import is_stamped

SESSION_GAP = timedelta(hours=1)
FEWEST_MESSAGES = 50
"""With fewer there is nothing to learn, and nothing to hold out."""

_OFTEN = 1000
_PRECISION = timedelta(minutes=1)  # where exports overlap, some of the times have seconds and others none
_KAKAOTALK_BEGAN = 2010
_MOST_PASTED = 20
"""Lines inside messages that look like another export's: what somebody pastes has fewer, an export joined on more."""
_LEAST_KOREAN = 0.01
_KOREAN = re.compile("[가-힣ㄱ-ㆎ]")


@dataclass(frozen=True, slots=True)
class Corpus:
    """Cleaned messages in the order of the files, each once, however many of the files hold it.

    ``sessions`` holds the index at which each conversation begins; one never spans two files, unless they overlap.
    ``korean`` counts the messages with Hangul in them; ``names`` has all the names of each person who wrote, and
    ``standings`` whether they agreed to it, by the ``agreement``; ``accounts`` are the Discord accounts behind names,
    where the files tell them.
    """

    messages: tuple[Message, ...]
    sessions: tuple[int, ...]
    report: Report
    korean: int
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    standings: Mapping[str, Standing] = field(default_factory=dict)
    agreement: Agreement = EVERYONE
    accounts: Mapping[str, int] = field(default_factory=dict)

    def people(self, known: People) -> People:
        """Return the people that are ``known`` and who writes here, with how many messages can be learnt of each.

        Who has no Discord account there yet has the one that the files tell.
        """
        counted = known.counted(Counter(message.who for message in self.messages), self.names)
        return counted.tied_where_free(self.accounts)

    def agreed(self) -> People:
        """Return who is learnt from, with their Discord accounts where these are known."""
        theirs = {who: names for who, names in self.names.items() if self.standings.get(who) is Standing.AGREED}
        return replace(self, names=theirs).people(NOBODY).tied_as(self.agreement.people)

    def consent(self) -> str:
        """Say in a few words, and without a name, by whose word the messages are learnt."""
        standings = Counter(self.standings.values())
        agreed, others = standings[Standing.AGREED], standings.total() - standings[Standing.AGREED]
        if not self.agreement.everyone:
            return f"{agreed} agreed, {others} left out"
        return "everyone, by the owner's word" + (f"; {others} left out" if others else "")

    def check_trainable(self) -> None:
        """Refuse a chat that no voice can be learned from.

        Raises:
            ChatError: there are too few messages, or they are not in Korean.
        """
        problem = _untrainable(len(self.messages), self.korean, sum(self.report.left_out.values()))
        if problem:
            raise ChatError(problem)


def _untrainable(messages: int, korean: int, left_out: int) -> str | None:
    if messages < FEWEST_MESSAGES <= messages + left_out:
        return (
            f"Too few messages are left to learn from ({messages}, and {FEWEST_MESSAGES} are needed), for {left_out:,} "
            "are of people who did not agree: ask them, and write what they said into the list of people."
        )
    if messages < FEWEST_MESSAGES:
        return (
            f"Too few messages are left to learn from ({messages}, and {FEWEST_MESSAGES} are needed): add more files."
        )
    if korean < messages * _LEAST_KOREAN:
        return (
            f"Hardly any of the {messages} messages is in Korean ({korean} are): give a Korean chat, "
            "and if its letters look broken, give the file as the export made it."
        )
    return None


def read_corpus(
    files: Sequence[Path],
    *,
    session_gap: timedelta = SESSION_GAP,
    agreement: Agreement = EVERYONE,
    progress: Progress | None = None,
) -> Corpus:
    """Read and clean ``files`` in the order given.

    ``progress`` is told the bytes so far, and all of them: half of each counts as done when it is read, half when what
    was read is clean.

    Of who did not agree, by the ``agreement``, nothing is learnt, and their names are taken out of what others wrote.

    Raises:
        ChatError: a file cannot be read as a chat, or no message is in any of them.
    """
    chats = [chat for file in files for chat in chats_in(file)]
    reading = _Reading()
    meter = _Meter(sum(chat.source.size for chat in chats), progress)
    for chat in chats:
        reading.read(chat.metered(meter.read))
    if not reading.timelines:
        names = ", ".join(file.name for file in files)
        raise ChatError(
            f"No message was found in {names or 'no file at all'}: it holds only notes such as photos and joinings."
        )
    merged = merge.merge(reading.timelines)
    cleaning = _Cleaning(session_gap, Exclusion.of(agreement, merged.names))
    for timeline in merged.timelines:
        for number in cleaning.follow(timeline):
            meter.clean(number / (reading.messages - merged.repeated))
    meter.clean(1)
    return _corpus(reading, merged, cleaning)


@dataclass(slots=True)
class _Meter:
    total: int
    progress: Progress | None
    done: int = 0

    def read(self, count: int) -> None:
        self.done += count
        self._tell(self.done // 2)

    def clean(self, share: float) -> None:
        self._tell(self.done - round(self.done / 2 * (1 - share)))

    def _tell(self, done: int) -> None:
        if self.progress:
            self.progress(done, self.total)


@dataclass(slots=True)
class _Reading:
    """What the files hold: a timeline each, and every line that is no message."""

    timelines: list[Timeline] = field(default_factory=list)
    files: list[FileRead] = field(default_factory=list)
    not_messages: Counter[str] = field(default_factory=Counter)
    warnings: dict[str, None] = field(default_factory=dict)
    accounts: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    messages: int = 0

    def read(self, chat: Chat) -> None:
        """Take in one file."""
        messages: list[Message] = []
        others = self.not_messages.total()
        for item in chat.read():
            if isinstance(item, Skipped):
                self.not_messages[item.reason.value] += item.count
            else:
                messages.append(Message(item.when, intern(item.who), item.text))
                if item.account is not None:
                    self.accounts[item.who].add(item.account)
        count = len(messages) + self.not_messages.total() - others
        self.messages += len(messages)
        self.files.append(FileRead(chat.format.name, chat.encoding.name, chat.format.unit, count))
        for warning in _oddities_of(chat, messages):
            self.warnings[warning] = None
        if messages:
            self.timelines.append(Timeline(messages, chat.is_continued))


@dataclass(slots=True)
class _Cleaning:
    """What has been cleaned so far, in conversations."""

    session_gap: timedelta
    exclusion: Exclusion
    cleaner: Cleaner = field(default_factory=Cleaner)
    kept: list[Message] = field(default_factory=list)
    sessions: list[int] = field(default_factory=list)
    people: set[str] = field(default_factory=set)
    days: set[date] = field(default_factory=set)
    seen: int = 0
    korean: int = 0
    first: datetime | None = None
    last: datetime | None = None
    goes_back: int = 0
    _before: datetime | None = None
    _session_is_due: bool = True

    def follow(self, timeline: Timeline) -> Iterator[int]:
        """Take in one room, and yield now and then how many messages have been looked at."""
        self._session_is_due = True
        if not timeline.is_continued:
            self._before = None
        for name in sorted(timeline.names):
            self._meet(name, timeline.names[name])
        for message in timeline.messages:
            self._add(message)
            self.seen += 1
            if self.seen % _OFTEN == 0:
                yield self.seen

    def _meet(self, who: str, names: Iterable[str]) -> None:
        self.people.add(who)
        for name in names:
            self.cleaner.meet(name)

    def _add(self, message: Message) -> None:
        if message.when != UNDATED:
            self._follow_time(message.when)
        text = self.exclusion.text_of(message, self.cleaner)
        if text:
            self._keep(Message(message.when, self.exclusion.friend(message), text))

    def _follow_time(self, when: datetime) -> None:
        before = self._before or when
        self._session_is_due |= abs(when - before) > self.session_gap
        self.goes_back += before - when > _PRECISION
        self._before = when
        self.days.add(when.date())
        self.first = min(self.first or when, when)
        self.last = max(self.last or when, when)

    def _keep(self, message: Message) -> None:
        if self._session_is_due:
            self.sessions.append(len(self.kept))
            self._session_is_due = False
        self.korean += _KOREAN.search(message.text) is not None
        self.kept.append(message)


def _corpus(reading: _Reading, merged: Merged, cleaning: _Cleaning) -> Corpus:
    """Return everything that was read, with the report on it."""
    not_messages = reading.not_messages + Counter({Reason.REPEATED.value: merged.repeated})
    report = Report(
        messages=reading.messages - merged.repeated,
        kept=len(cleaning.kept),
        left_out={standing.value: count for standing, count in sorted(cleaning.exclusion.messages.items())},
        people=len(cleaning.people),
        days=len(cleaning.days),
        sessions=len(cleaning.sessions),
        first=cleaning.first,
        last=cleaning.last,
        not_messages=not_messages,
        removed=+cleaning.cleaner.removed,
        dropped=+cleaning.cleaner.dropped,
        files=tuple(reading.files),
        warnings=(*reading.warnings, *_oddities(not_messages, cleaning)),
    )
    exclusion = cleaning.exclusion
    corpus = Corpus(tuple(cleaning.kept), tuple(cleaning.sessions), report, cleaning.korean)
    # A name that several have, as of accounts that are deleted, is nobody's.
    accounts = {who: min(theirs) for who, theirs in reading.accounts.items() if len(theirs) == 1}
    by_whom = replace(corpus, names=exclusion.names, standings=exclusion.standings, agreement=exclusion.agreement)
    return replace(by_whom, accounts=accounts)


def _oddities(not_messages: Mapping[str, int], cleaning: _Cleaning) -> list[str]:
    """Say what is odd about the whole, though it can be read."""
    cut, unreadable = not_messages[Reason.UNFINISHED], not_messages[Reason.UNREADABLE]
    repeated, back = not_messages[Reason.REPEATED], cleaning.goes_back
    exclusion = cleaning.exclusion
    anybody = ", ".join(sorted(exclusion.doubtful))
    untied = ", ".join(map(str, exclusion.agreement.withdrawals.untied(exclusion.agreement.people)))
    untrainable = _untrainable(len(cleaning.kept), cleaning.korean, exclusion.messages.total())
    warnings = [
        (repeated, f"The files overlap: {repeated:,} messages were there more than once, and each counts once."),
        (cut, "A file ends in the middle of a message: copy the whole file again if the end of the chat is missing."),
        (
            unreadable,
            f"{unreadable} records have no readable time or text and were left out.",
        ),
        (
            back,
            f"How often the dates go back: {back}; give the parts of a split export in order.",
        ),
        (
            _is_nameless(exclusion),
            "The files name nobody who could agree: ask everybody, and give --everyone-agreed.",
        ),
        (anybody, f'{anybody} may be somebody you leave out: if so, write consent = "no" for that name, or join them.'),
        (
            untied,
            f"Who withdrew on Discord as {untied} is nobody on the list of people: if they write here, "
            "write the ID beside their name.",
        ),
        (cleaning.first and cleaning.first.year < _KAKAOTALK_BEGAN, "Some messages have no day and count as 1970."),
        (cleaning.first is None, "The file tells neither names nor times, so it counts as one long conversation."),
        (len(cleaning.people) == 1, "Only one person writes here, so the voice will be that person's alone."),
        (untrainable, f"This cannot be trained on. {untrainable}"),
    ]
    return [sentence for is_so, sentence in warnings if is_so]


def _is_nameless(exclusion: Exclusion) -> bool:
    """Say whether messages are left out because nobody is named at all."""
    return not exclusion.standings and exclusion.messages.total() > 0


def _oddities_of(chat: Chat, messages: Sequence[Message]) -> list[str]:
    damaged = chat.encoding.damaged
    swallowed = sum(is_stamped(line) for message in messages for line in message.text.split("\n")[1:])
    warnings = [
        (chat.warning, chat.warning),
        (
            swallowed >= _MOST_PASTED,
            f"{chat.source.name}: {swallowed} lines inside messages begin with a time, as messages of another export "
            "do: give each export as a file of its own, or they count as words of who wrote last.",
        ),
        (
            damaged,
            f"{damaged} characters are broken in their {chat.encoding.name}; the rest was read.",
        ),
    ]
    return [sentence for is_so, sentence in warnings if is_so]
