"""The step People: who is in the chat, by what was read, and what the owner has noted of each in ``people.toml``.

Of whom nothing is noted nothing is learnt.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import reduce

from bot.i18n import language_of
from owner import chat
from owner.project import Project
from training.text.consent.agreement import Agreement, Standing
from training.text.consent.people import NOBODY, Consent, People
from training.text.consent.people_file import read_people, write_people
from training.text.consent.request import REQUESTS
from training.text.consent.withdrawals import NO_WITHDRAWALS, Withdrawals, read_withdrawals


def people_of(project: Project) -> People:
    """Return everybody: who was noted before, and whom the exports have met since.

    Raises:
        ChatError: ``people.toml`` was mended by hand, and is no list of people now.
    """
    known = read_people(project.people) if project.people.is_file() else NOBODY
    reading = chat.reading(project)
    if reading is None:
        return known
    counts = {person.name: person.messages for person in reading.people}
    return known.counted(counts, {person.name: person.names for person in reading.people})


def withdrawals_of(project: Project) -> Withdrawals:
    """Return who withdrew on Discord, as the project's bot has written it down."""
    place = project.data / "withdrawals.tsv"
    return read_withdrawals(place) if place.is_file() else NO_WITHDRAWALS


def standings(project: Project) -> dict[str, Standing]:
    """Return whether each is learnt from, and why not, by the name that the owner knows."""
    known = people_of(project)
    agreement = Agreement(known, withdrawals=withdrawals_of(project))
    return {person.name: agreement.standing_of(person.names) for person in known}


def change(project: Project, by: Callable[[People], People]) -> None:
    """Note something of somebody.

    Raises:
        ChatError: nobody has such a name, or somebody else has it already.
    """
    write_people(by(people_of(project)), project.people)


def all_agreed(people: People) -> People:
    """Return the people where all agreed who were not asked one by one."""
    return People(
        tuple(
            replace(person, consent=Consent.YES) if person.consent is Consent.UNKNOWN else person for person in people
        )
    )


def joined(people: People, names: list[str]) -> People:
    """Return the people where ``names`` are one friend, who is called by the first."""
    return reduce(lambda known, name: known.joined(name, names[0]), names[1:], people)


def request(locale: str) -> str:
    """Return the text that asks the room, to be pasted there."""
    return REQUESTS[language_of(locale)]
