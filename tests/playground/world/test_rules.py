"""Discord's rules as pure functions: who is pinged, which commands and components are refused."""

import pytest

from playground import ApiError
from playground.world.command_rules import check_commands
from playground.world.mentions import pings
from playground.world.message_rules import check_message, check_modal
from playground.world.validation import ValidationErrors

EVERYTHING = "<@1> <@!2> <@&3> @here"


@pytest.mark.parametrize(
    ("allowed", "users", "roles", "everyone"),
    [
        (None, ("1", "2"), ("3",), True),
        ({"parse": []}, (), (), False),
        ({"parse": ["users"]}, ("1", "2"), (), False),
        ({"parse": ["everyone"], "users": ["2"]}, ("2",), (), True),
        ({"users": ["2", "9"]}, ("2",), (), False),
        ({"roles": ["3"]}, (), ("3",), False),
    ],
)
def test_only_whom_the_rule_allows_is_pinged(allowed, users, roles, everyone):
    found = pings(EVERYTHING, allowed)
    assert (found.users, found.roles, found.everyone) == (users, roles, everyone)


def test_a_reply_pings_its_author_only_where_that_is_allowed():
    assert pings("x", {"parse": [], "replied_user": True}, replied_to="1").users == ("1",)
    assert pings("x", {"parse": []}, replied_to="1").users == ()


def test_everyone_is_pinged_with_hangul_glued_to_it():
    assert pings("모두@everyone이", None).everyone


def option(name="word", **more):
    return {"name": name, "description": "d", "type": 3, **more}


@pytest.mark.parametrize(
    ("command", "path"),
    [
        ({"name": "Say"}, "0.name"),
        ({"name": "두 낱말"}, "0.name"),
        ({"name": "가" * 33}, "0.name"),
        ({"description": ""}, "0.description"),
        ({"name_localizations": {"ko": "말 해"}}, "0.name_localizations.ko"),
        ({"name_localizations": {"kr": "말해"}}, "0.name_localizations"),
        ({"options": [option("a"), option("b", required=True)]}, "0.options.1"),
        ({"options": [option("a"), option("a")]}, "0.options.1.name"),
        ({"options": [option(type=99)]}, "0.options.0.type"),
        ({"options": [option(type=4, min_value=5, max_value=1)]}, "0.options.0.min_value"),
        ({"options": [option(choices=[{"name": "x", "value": "x"}] * 26)]}, "0.options.0.choices"),
        ({"options": [option(f"o{n}") for n in range(26)]}, "0.options"),
    ],
)
def test_a_command_that_discord_refuses_is_refused_at_its_place(command, path):
    form = ValidationErrors()
    check_commands([{"name": "say", "description": "d", "options": [], **command}], form)
    assert wrong_at(form) == path


def test_a_good_command_in_korean_is_taken():
    form = ValidationErrors()
    check_commands(
        [{"name": "말해", "description": "d", "options": [option("단어", required=True), option("n")]}], form
    )
    form.check()


def button(custom_id="a", **more):
    return {"type": 2, "style": 1, "label": "x", "custom_id": custom_id, **more}


@pytest.mark.parametrize(
    ("components", "path"),
    [
        ([{"type": 1, "components": [button("a" * 101)]}], "components.0.components.0.custom_id"),
        ([{"type": 1, "components": [button(), button()]}], "components.0.components.1.custom_id"),
        ([{"type": 1, "components": [button(str(n)) for n in range(6)]}], "components.0.components"),
        ([{"type": 1, "components": [button(label="x" * 81)]}], "components.0.components.0.label"),
        ([{"type": 1, "components": [button(label="", emoji=None)]}], "components.0.components.0"),
        ([{"type": 1, "components": [button(str(n))]} for n in range(6)], "components"),
        (
            [{"type": 1, "components": [{"type": 3, "custom_id": "s", "options": []}]}],
            "components.0.components.0.options",
        ),
    ],
)
def test_components_that_discord_refuses_are_refused_at_their_place(components, path):
    form = ValidationErrors()
    check_message({"components": components}, form, files=0)
    assert wrong_at(form) == path


def test_rules_for_pings_that_contradict_each_other_are_refused():
    form = ValidationErrors()
    check_message({"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}}, form, files=0)
    assert wrong_at(form) == "allowed_mentions.parse"


def test_a_form_needs_a_title_and_fields():
    form = ValidationErrors()
    check_modal({"custom_id": "a", "title": "가" * 46, "components": [{"type": 1, "components": [button()]}]}, form)
    assert wrong_at(form) == "title"


def wrong_at(form):
    """Return the path of the only wrong."""
    with pytest.raises(ApiError) as refused:
        form.check()
    node, path = refused.value.errors, []
    while "_errors" not in node:
        assert len(node) == 1
        step, node = next(iter(node.items()))
        path.append(step)
    return ".".join(path)
