"""A setting is written once: the command line has its flag, its help, its default and its bounds from one place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import pytest
import typer
from typer.testing import CliRunner

from training.common.cli_errors import cli_errors
from training.common.config import Flag, RunConfig
from training.common.flags import Settings, with_flags, with_group


@dataclass(frozen=True, slots=True, kw_only=True)
class Oven(RunConfig):
    """Settings of many kinds."""

    dish: Annotated[str, Flag("What is baked.")] = "bread"
    mode: Annotated[Literal["top", "bottom"], Flag("Where the heat comes from.")] = "top"
    degrees: Annotated[int, Flag("How hot.", 50, 250)] = 180
    salt_share: Annotated[float, Flag("How salty.", 0, 0.1)]
    fan: Annotated[bool, Flag("With air.")] = False
    maker: str = "nobody asks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grill(Oven):
    """One that has a flag of its own."""

    spit: Annotated[int, Flag("Turns a minute.", 1, 9)] = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Smoker(Grill):
    """One that shares it with another."""

    wood: Annotated[str, Flag("Which smoke.")] = "oak"
    degrees: Annotated[int, Flag("How hot.", 50, 250)] = 90


def call(*arguments: str) -> tuple[int, Mapping[str, Any], str]:
    """Return the exit code, the settings that the command got, and all that was shown."""
    app, caught = typer.Typer(rich_markup_mode=None), {}

    @app.command()
    @cli_errors()
    @with_flags(Oven, Grill, Smoker, choices={"dish": ["bread", "cake"]})
    def bake(name: str, *, settings: Settings, quick: bool = False) -> None:
        caught.update(settings)
        Smoker(**{"salt_share": 0.01, **settings})

    answer = CliRunner().invoke(app, list(arguments), env={"COLUMNS": "200"})
    return answer.exit_code, caught, answer.output


def test_defaults_are_the_fields_and_what_has_none_is_left_out() -> None:
    assert call("me")[:2] == (0, {"dish": "bread", "mode": "top", "fan": False})


def test_where_kinds_differ_in_a_default_it_is_left_to_each_unless_given() -> None:
    assert "degrees" not in call("me")[1]
    assert call("me", "--degrees", "100")[1]["degrees"] == 100


def test_every_kind_of_flag_is_read() -> None:
    flags = (
        "--dish=cake",
        "--mode=bottom",
        "--degrees=200",
        "--salt-share=0.05",
        "--fan",
        "--spit=4",
        "--wood=ash",
        "--quick",
    )
    given = {
        "dish": "cake",
        "mode": "bottom",
        "degrees": 200,
        "salt_share": 0.05,
        "fan": True,
        "spit": 4,
        "wood": "ash",
    }
    assert call("me", *flags)[:2] == (0, given)


@pytest.mark.parametrize(
    ("flag", "value", "sentence"),
    [
        ("--degrees", "251", "--degrees must be between 50 and 250, not 251."),
        ("--salt-share", "nan", "--salt-share must be between 0 and 0.1, not nan."),
        ("--spit", "0", "--spit must be between 1 and 9, not 0."),
        ("--dish", "soup", "'soup' is not one of 'bread', 'cake'"),
        ("--mode", "side", "'side' is not one of 'top', 'bottom'"),
        ("--maker", "me", "--maker"),
        ("--no-fan", "me", "--no-fan"),
    ],
)
def test_a_wrong_flag_is_named_and_ends_with_2(flag: str, value: str, sentence: str) -> None:
    code, _, shown = call("me", flag, value)
    assert code == 2
    assert sentence in shown


def test_help_shows_each_flag_with_its_words_and_its_default_in_the_place_of_the_settings() -> None:
    shown = call("--help")[2]
    places = [shown.index(part) for part in ("--dish", "What is baked.", "180", "How salty.", "--fan", "--spit")]
    assert places == sorted(places)
    assert shown.index("--spit") < shown.index("--quick")


@dataclass(frozen=True, slots=True)
class Drink:
    """What a group of options becomes."""

    kind: Annotated[str, typer.Option(help="What is drunk.")] = "tea"
    cups: Annotated[list[int] | None, typer.Option("--cup", min=1, help="How large each is.")] = None
    is_hot: bool = True


def test_a_group_of_options_is_one_value_of_the_command() -> None:
    app, drinks = typer.Typer(rich_markup_mode=None), list[Drink]()

    @app.command()
    @with_group("drink", Drink)
    def pour(*, drink: Drink, quick: bool = False) -> None:
        drinks.append(drink)

    assert CliRunner().invoke(app, ["--quick"]).exit_code == 0
    assert CliRunner().invoke(app, ["--kind", "coffee", "--cup", "2", "--cup", "3"]).exit_code == 0
    assert drinks == [Drink(), Drink("coffee", [2, 3])]
    assert CliRunner().invoke(app, ["--cup", "0"]).exit_code == 2
    assert CliRunner().invoke(app, ["--is-hot"]).exit_code == 2
