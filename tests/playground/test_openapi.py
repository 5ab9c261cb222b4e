"""What a bot sends is held against Discord's description, the part of which that is kept here is the whole one's."""

import json
from pathlib import Path
from typing import Any

import pytest

from playground.server.rest import Exchange
from tests.playground.openapi import KEPT, Description, kept_of

MESSAGES = "/channels/{channel_id}/messages"


def sent(body: Any, route: str = MESSAGES) -> Exchange:
    return Exchange("POST", route.replace("{channel_id}", "5"), route, json.dumps(body), 200, "{}")


@pytest.mark.parametrize(
    "body",
    [
        {"content": "가" * 4001},
        {"content": ["윤혜"]},
        {"embeds": [{"title": "가" * 257}]},
        {"components": [{"type": 1, "components": [{"type": 2, "style": 1, "custom_id": "가" * 101}]}]},
        {"components": [{"type": 99}]},
    ],
    ids=["too long", "no text", "a title too long", "a custom id too long", "no component"],
)
def test_what_discord_does_not_describe_is_found_each_time(body: Any) -> None:
    description = Description()
    for _ in range(2):
        assert description.wrong_requests([sent(body)])
    assert description.wrong_requests([sent({"content": "윤혜", "nonce": "5"})]) == []


def test_so_is_a_route_that_it_does_not_know() -> None:
    assert Description().wrong_requests([sent({}, "/channels/{channel_id}/nothing")])


def test_the_part_that_is_kept_is_what_the_whole_says(shared: Path) -> None:
    whole = json.loads((shared / "spec" / "discord-openapi.json").read_text(encoding="utf-8"))
    assert json.loads(KEPT.read_text(encoding="utf-8")) == kept_of(whole)
