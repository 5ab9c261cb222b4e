"""Options checked, as Discord's own client does before a command is sent: types, limits, choices, and who is meant.

Knows nothing of how the values were put in. Source: Discord's reference, "Application Command Option Structure".
"""

from typing import NoReturn

from playground.interactions.phrases import TypedError
from playground.world.command_rules import (
    ATTACHMENT,
    BOOLEAN,
    CHANNEL,
    GROUP,
    INTEGER,
    MENTIONABLE,
    NUMBER,
    ROLE,
    STRING,
    SUBCOMMAND,
    USER,
)
from playground.world.errors import ApiError
from playground.world.wire import JSON
from playground.world.world import World

TYPES: dict[int, type | tuple[type, ...]] = {INTEGER: int, NUMBER: (int, float), BOOLEAN: bool}
LONGEST = 6000
WHOLE = 1 << 53
LENGTHS, VALUES = ("too_short", "too_long"), ("too_small", "too_big")
WRONG_TYPE = {INTEGER: "not_whole", NUMBER: "not_number", BOOLEAN: "not_boolean"}


def shown(thing: JSON, locale: str) -> str:
    """Return the name of a command, option or choice as a person with ``locale`` sees it."""
    return str((thing.get("name_localizations") or {}).get(locale) or thing["name"])


def check_options(declared: list[JSON], given: list[JSON], locale: str, *, unfinished: bool = False) -> None:
    """Raise TypedError for the first wrong among ``given``; ``unfinished`` while a person still types."""
    by_name = {option["name"]: option for option in declared}
    for option in given:
        kind = by_name.get(option["name"])
        if kind is None or option["type"] != kind["type"]:
            raise TypedError(locale, "unknown_option", name=option["name"], usage=" ".join(by_name))
        if kind["type"] in (SUBCOMMAND, GROUP):
            check_options(kind.get("options") or [], option.get("options") or [], locale, unfinished=unfinished)
        elif not unfinished or not option.get("focused"):
            check_value(kind, option.get("value"), locale)
        elif not isinstance(option.get("value"), str):
            raise TypedError(locale, "not_text", name=shown(kind, locale))
    missing = {name for name, kind in by_name.items() if kind.get("required")} - {option["name"] for option in given}
    if missing and not unfinished:
        raise TypedError(locale, "missing", name=shown(by_name[min(missing)], locale), usage=" ".join(by_name))


def check_value(kind: JSON, value: object, locale: str) -> None:
    """Raise TypedError if ``value`` is none that the declared option ``kind`` takes."""
    name = shown(kind, locale)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if kind["type"] in TYPES and (
        not isinstance(value, TYPES[kind["type"]]) or (kind["type"] != BOOLEAN and not is_number)
    ):
        raise TypedError(locale, WRONG_TYPE[kind["type"]], name=name, value=value)
    if kind["type"] not in TYPES and not isinstance(value, str):
        raise TypedError(locale, "not_text", name=name)
    choices = kind.get("choices") or []
    if choices and value not in [choice["value"] for choice in choices]:
        raise TypedError(locale, "no_choice", name=name, known=", ".join(shown(one, locale) for one in choices))
    _check_limits(kind, value, name, locale)


def _check_limits(kind: JSON, value: object, name: str, locale: str) -> None:
    size: float
    if isinstance(value, str) and kind["type"] == STRING:
        size, least, most, keys = len(value), kind.get("min_length"), kind.get("max_length") or LONGEST, LENGTHS
    elif isinstance(value, int | float) and kind["type"] in (INTEGER, NUMBER):
        size, least, most, keys = value, kind.get("min_value", -WHOLE), kind.get("max_value", WHOLE), VALUES
    else:
        return
    if least is not None and size < least:
        raise TypedError(locale, keys[0], name=name, limit=least)
    if most is not None and size > most:
        raise TypedError(locale, keys[1], name=name, limit=most)


def resolve(world: World, options: list[JSON], locale: str) -> JSON:
    """Return Discord's ``resolved`` object: the users, channels, roles and files that ``options`` name."""
    resolved: JSON = {}
    for option in options:
        if "options" in option:
            for kind, objects in resolve(world, option["options"], locale).items():
                resolved.setdefault(kind, {}).update(objects)
        elif option["type"] in (USER, CHANNEL, ROLE, MENTIONABLE, ATTACHMENT):
            _resolve_one(world, option["type"], str(option["value"]), resolved, locale)
    return resolved


def _resolve_one(world: World, kind: int, snowflake: str, resolved: JSON, locale: str) -> None:
    roles = {role["id"]: role for role in world.guild["roles"]}
    attachment = world.attachments.get(snowflake)
    try:
        if kind in (ROLE, MENTIONABLE) and snowflake in roles:
            resolved.setdefault("roles", {})[snowflake] = roles[snowflake]
        elif kind in (USER, MENTIONABLE):
            add_user(world, snowflake, resolved)
        elif kind == CHANNEL:
            resolved.setdefault("channels", {})[snowflake] = world.channel(snowflake) | {"permissions": "0"}
        elif kind == ATTACHMENT and attachment is not None:
            resolved.setdefault("attachments", {})[snowflake] = attachment[0]
        else:
            _not_there(snowflake, locale)
    except ApiError:
        _not_there(snowflake, locale)


def _not_there(snowflake: str, locale: str) -> NoReturn:
    raise TypedError(locale, "nobody", value=snowflake)


def add_user(world: World, user_id: str, resolved: JSON) -> None:
    """Add a user and the member of it to ``resolved``. Raises ApiError 10007 if there is no such member."""
    member = world.member(user_id)
    resolved.setdefault("users", {})[user_id] = member["user"]
    bare = {key: value for key, value in member.items() if key not in ("user", "deaf", "mute")}
    resolved.setdefault("members", {})[user_id] = bare | {"permissions": "0"}
