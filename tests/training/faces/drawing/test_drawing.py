"""Portraits of nobody: repeatable, exactly labelled, and different where their labels differ."""

import numpy as np
import pytest

from training.faces.data.labels import ATTRIBUTES
from training.faces.drawing import Identity, attributes_of, invent, portrait
from training.faces.drawing.recognition import nearest_person

NEUTRAL = dict.fromkeys(ATTRIBUTES, False)


def test_a_person_is_the_same_on_every_machine() -> None:
    assert Identity.of(3) == Identity.of(3) != Identity.of(4)
    assert (portrait(*invent(3), 64) == portrait(*invent(3), 64)).all()


@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_each_attribute_is_seen(attribute: str) -> None:
    seen = 0
    for number in range(6):
        person = Identity.of(number)
        without, with_it = (portrait(person, NEUTRAL | {attribute: has}, 64).astype(int) for has in (False, True))
        seen += (np.abs(with_it - without).max(-1) > 12).sum() > 15
    assert seen >= 5  # a colour of hair may be that person's own already


def test_a_smile_changes_the_face_and_leaves_the_wall() -> None:
    person = Identity.of(5)
    change = np.abs(portrait(person, NEUTRAL | {"Smiling": True}, 64).astype(int) - portrait(person, NEUTRAL, 64)).max(
        -1
    )
    assert change[40:56, 20:44].max() > 25
    assert change[:12].max() == 0


def test_every_attribute_is_common_on_both_sides_and_for_men_and_women() -> None:
    drawn = [attributes_of(number) for number in range(800)]
    for name in ATTRIBUTES:
        for male in (True, False):
            share = np.mean([each[name] for each in drawn if each["Male"] == male])
            assert name == "Male" or 0.08 < share < 0.7, (name, male)
    assert not any(each["Black_Hair"] and each["Brown_Hair"] for each in drawn)


def test_who_is_drawn_is_recognised_whatever_they_wear() -> None:
    people = list(range(40))
    for number in range(0, 40, 3):
        worn = attributes_of(number, day=5)
        assert nearest_person(portrait(Identity.of(number), worn, 64), worn, people) == number
