"""The people of a project as the page shows them, and what can be noted of several at once."""

from dataclasses import replace
from functools import reduce

from owner.page.server import JSON
from owner.page.views import sentence
from owner.people import change, people_of, standings, withdrawals_of
from owner.project import Project
from training.common.errors import ChatError
from training.text.consent.agreement import Standing
from training.text.consent.people import NOBODY, Consent, People
from training.text.consent.request import REQUESTS

__all__ = ["all_agreed", "change", "joined", "view"]


def view(project: Project) -> JSON:
    """Return the people as the page shows them, with the most busy first."""
    try:
        known, standing, problem = people_of(project), standings(project), None
    except ChatError as error:  # the owner has mended the file by hand, and not well
        known, standing, problem = NOBODY, {}, sentence(str(error))
    friends = sorted(known, key=lambda person: -person.messages)
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
        "untied": [str(each) for each in withdrawals_of(project).untied(known)],
        "learnt_from": sum(learnt),
        "agreed": len(learnt),
        "messages": sum(person.messages for person in friends),
        "request": dict(REQUESTS),
        "problem": problem,
    }


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
