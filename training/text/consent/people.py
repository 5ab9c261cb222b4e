"""People: who writes in a chat, by all of their names, and whether each of them agreed that it is learnt from.

Knows nothing of files, of chats or of training.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from training.common.errors import ChatError
from training.text.cleaning.cleaner import fold


class Consent(StrEnum):
    """What somebody said when they were asked."""

    UNKNOWN = "unknown"
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Person:
    """A friend: the ``name`` that the owner knows, ``aliases`` that chats have for the same one, and their consent.

    ``messages`` are those that can be learnt, where they were counted last; ``discord`` is the ID of their account.
    """

    name: str
    aliases: tuple[str, ...] = ()
    messages: int = 0
    consent: Consent = Consent.UNKNOWN
    discord: int | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """All that they are called."""
        return (self.name, *self.aliases)


Change = Callable[[Person], Person]
_STRICTNESS = {Consent.NO: 0, Consent.UNKNOWN: 1, Consent.YES: 2}


@dataclass(frozen=True, slots=True)
class People:
    """Everybody who is known, each by names that nobody else has.

    Raises:
        ChatError: two of them have a name or an account in common.
    """

    persons: tuple[Person, ...] = ()
    _by_name: Mapping[str, Person] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_name: dict[str, Person] = {}
        accounts: dict[int, Person] = {}
        for person in self.persons:
            for name in person.names:
                if by_name.setdefault(fold(name), person) is not person:
                    raise ChatError(
                        f"{name!r} is a name of {by_name[fold(name)].name!r} and of {person.name!r}: "
                        "give every name to one person alone."
                    )
            if person.discord is not None and accounts.setdefault(person.discord, person) is not person:
                raise ChatError(
                    f"{accounts[person.discord].name!r} and {person.name!r} have one Discord ID: "
                    "if they are one person, put the name of one among the aliases of the other."
                )
        object.__setattr__(self, "_by_name", by_name)

    def __iter__(self) -> Iterator[Person]:
        """Yield each person, in the order of the list."""
        return iter(self.persons)

    def find(self, names: Iterable[str]) -> list[Person]:
        """Return whoever has one of ``names``: several, where somebody has not been joined yet."""
        found = {id(person): person for name in names if (person := self._by_name.get(fold(name)))}
        return [person for person in self.persons if id(person) in found]

    def decided(self, name: str, consent: Consent) -> "People":
        """Return the same people, with what the one called ``name`` said.

        Raises:
            ChatError: nobody is called so.
        """
        return self._with(name, lambda person: replace(person, consent=consent))

    def tied(self, name: str, discord: int | None) -> "People":
        """Return the same people, with the Discord account of the one called ``name``, or without one.

        Raises:
            ChatError: nobody is called so, or the account is another's.
        """
        return self._with(name, lambda person: replace(person, discord=discord))

    def tied_where_free(self, accounts: Mapping[str, int]) -> "People":
        """Return the same people, with the Discord accounts behind names for who has none and whose nobody else is."""
        people, taken = self, {person.discord for person in self.persons}
        for name, account in sorted(accounts.items()):
            if account not in taken and any(person.discord is None for person in people.find([name])):
                people = people.tied(name, account)
                taken.add(account)
        return people

    def tied_as(self, others: "People") -> "People":
        """Return the same people, with the consent and the Discord accounts that they have in another list."""
        known = {person: others.find(person.names) for person in self.persons}
        return People(
            tuple(
                replace(person, consent=found[0].consent, discord=found[0].discord) if found else person
                for person, found in known.items()
            )
        )

    def joined(self, name: str, into: str) -> "People":
        """Return the people where the one called ``name`` is the same friend as the one called ``into``.

        Who said no under one of the names, or was not asked under one, has not agreed.

        Raises:
            ChatError: nobody is called so.
        """
        one, other = self._called(name), self._called(into)
        if one is other:
            return self
        both = replace(
            other,
            aliases=(*other.aliases, *one.names),
            messages=other.messages + one.messages,
            consent=min(one.consent, other.consent, key=_STRICTNESS.__getitem__),
            discord=other.discord or one.discord,
        )
        return People(tuple(both if person is other else person for person in self.persons if person is not one))

    def parted(self, alias: str) -> "People":
        """Return the people where ``alias`` is a friend of their own, of whom nothing is decided: undoes a join.

        Raises:
            ChatError: nobody has such an alias.
        """
        person = self._called(alias)
        if fold(alias) == fold(person.name):
            raise ChatError(f"{alias!r} is the name of {person.name!r} and no alias: part one of their aliases.")
        less = replace(person, aliases=tuple(each for each in person.aliases if fold(each) != fold(alias)))
        persons = [less if each is person else each for each in self.persons]
        return People((*persons, Person(alias)))

    def counted(self, counts: Mapping[str, int], names: Mapping[str, Iterable[str]]) -> "People":
        """Return the people with how much each wrote, and whoever is new; what was decided stays.

        ``counts`` are by who wrote, ``names`` has all the names that chats have for each of those.
        """
        people, seen, own = self, dict[str, int](), own_names(names)
        for who in sorted(names, key=lambda who: (-counts.get(who, 0), who)):
            found = people.find(own[who])
            if not found:
                people = People((*people.persons, Person(who)))
                found = [people.persons[-1]]
            person = found[0]
            free = [name for name in sorted(own[who]) if not people.find([name])]
            seen[person.name] = seen.get(person.name, 0) + counts.get(who, 0)
            more = replace(person, aliases=(*person.aliases, *free), messages=seen[person.name])
            people = people._replaced(person, more)
        return people

    def _with(self, name: str, change: Change) -> "People":
        person = self._called(name)
        return self._replaced(person, change(person))

    def _replaced(self, person: Person, by: Person) -> "People":
        return People(tuple(by if each is person else each for each in self.persons))

    def _called(self, name: str) -> Person:
        if person := self._by_name.get(fold(name)):
            return person
        everybody = ", ".join(person.name for person in self.persons) or "nobody yet"
        raise ChatError(f"Nobody on the list is called {name!r}: it has {everybody}.")


def own_names(names: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    """Return of each who wrote the names that are theirs alone: whoever left a room shares one with others who did."""
    together = {who: {who, *names[who]} for who in names}
    bearers = Counter(name for every in together.values() for name in every)
    return {who: {name for name in together[who] if name == who or bearers[name] == 1} for who in names}


NOBODY = People()
"""An empty list."""
