"""Scheduled events by Discord's rules: what is refused, with which code, and what the clock makes of them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from playground import Playground
from playground.world.clock import AdjustableClock
from playground.world.errors import ApiError
from playground.world.scheduled_events import ACTIVE, SCHEDULED, ScheduledEvents

GOOD = {
    "name": "생일",
    "privacy_level": 2,
    "entity_type": 3,
    "entity_metadata": {"location": "#생일"},
    "scheduled_start_time": "2027-03-05T00:00:00+09:00",
    "scheduled_end_time": "2027-03-06T00:00:00+09:00",
}


@pytest.fixture
def clock() -> AdjustableClock:
    return AdjustableClock(datetime(2027, 3, 1, tzinfo=UTC))


def test_an_external_event_is_made_begins_and_ends_by_itself(clock: AdjustableClock) -> None:
    world = Playground(clock=clock).world
    events = ScheduledEvents(world)
    made = events.create(world.guild, world.bot, GOOD)
    assert made["scheduled_start_time"] == "2027-03-04T15:00:00+00:00"
    assert made["status"] == SCHEDULED
    clock.turn(datetime(2027, 3, 4, 16, tzinfo=UTC))
    assert events.get(world.guild, made["id"])["status"] == ACTIVE
    events.edit(world.guild, made["id"], {"name": "오늘"})
    with pytest.raises(ApiError):
        events.edit(world.guild, made["id"], {"scheduled_start_time": "2027-03-05T12:00:00+09:00"})
    clock.turn(datetime(2027, 3, 6, tzinfo=UTC))
    assert events.of(world.guild) == []
    with pytest.raises(ApiError) as refused:
        events.edit(world.guild, made["id"], {"name": "너무 늦음"})
    assert refused.value.code == 180000


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"description": "x" * 1001}, "description"),
        ({"entity_metadata": {}}, "entity_metadata"),
        ({"entity_metadata": {"location": "x" * 101}}, "entity_metadata"),
        ({"scheduled_start_time": "2027-02-01T00:00:00+09:00"}, "scheduled_start_time"),
        ({"scheduled_start_time": "soon"}, "scheduled_start_time"),
        ({"scheduled_end_time": None}, "scheduled_end_time"),
        ({"scheduled_end_time": "2027-03-04T00:00:00+09:00"}, "scheduled_end_time"),
        ({"entity_type": 2}, "entity_type"),
        ({"privacy_level": 1}, "privacy_level"),
        ({"channel_id": "5"}, "channel_id"),
    ],
)
def test_what_discord_refuses_is_refused(clock: AdjustableClock, wrong: dict[str, Any], where: str) -> None:
    world = Playground(clock=clock).world
    with pytest.raises(ApiError) as refused:
        ScheduledEvents(world).create(world.guild, world.bot, GOOD | wrong)
    assert (refused.value.status, refused.value.code) == (400, 50035)
    assert where in (refused.value.errors or {})


def test_an_event_that_is_gone_is_unknown(clock: AdjustableClock) -> None:
    world = Playground(clock=clock).world
    events = ScheduledEvents(world)
    made = events.create(world.guild, world.bot, GOOD)
    events.delete(world.guild, made["id"])
    with pytest.raises(ApiError) as refused:
        events.delete(world.guild, made["id"])
    assert (refused.value.status, refused.value.code) == (404, 10070)
