"""The people of a project: who is in the chat, by what was read, with what the owner has noted of each.

What was noted stands in ``people.toml``, which this reads each time and writes with each change.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import reduce

from owner import chat
from owner.page.server import JSON
from owner.project import Project
from training.text.consent.agreement import Agreement, Standing
from training.text.consent.people import NOBODY, Consent, People
from training.text.consent.people_file import read_people, write_people
from training.text.consent.request import REQUESTS
from training.text.consent.withdrawals import NO_WITHDRAWALS, Withdrawals, read_withdrawals


def view(project: Project) -> JSON:
    """Return the people as the page shows them, with the most busy first."""
    known = people_of(project)
    withdrawn = withdrawals_of(project)
    agreement = Agreement(known, withdrawals=withdrawn)
    friends = sorted(known, key=lambda person: -person.messages)
    standing = {person.name: agreement.standing_of(person.names) for person in friends}
    learnt = [person.messages for person in friends if standing[person.name] is Standing.AGREED]
    return {
        "friends": [
            {
                "name": person.name,
                "aliases": person.aliases,
                "messages": person.messages,
                "consent": person.consent.value,
                "withdrew": standing[person.name] is Standing.WITHDREW,
            }
            for person in friends
        ],
        "untied": [str(each) for each in withdrawn.untied(known)],
        "learnt_from": sum(learnt),
        "agreed": len(learnt),
        "messages": sum(person.messages for person in friends),
        "request": dict(REQUESTS),
    }


def people_of(project: Project) -> People:
    """Return everybody: who was noted before, and who was met since.

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
    """Return who withdrew on Discord."""
    place = project.data / "withdrawals.tsv"
    return read_withdrawals(place) if place.is_file() else NO_WITHDRAWALS


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
