"""Scheduled events of a guild: made, changed and deleted by Discord's rules, and begun and over by its clock.

Knows nothing of HTTP. Source: Discord's reference, "Guild Scheduled Event". External ones alone: the world has neither
stages nor voice channels.
"""

from datetime import datetime

from playground.world.errors import ApiError, unknown
from playground.world.validation import ValidationErrors
from playground.world.wire import JSON, timestamp
from playground.world.world import World

EXTERNAL, GUILD_ONLY = 3, 2
SCHEDULED, ACTIVE, COMPLETED, CANCELED = 1, 2, 3, 4
MOST_OPEN = 100
_LONGEST_NAME, _LONGEST_TEXT, _LONGEST_PLACE = 100, 1000, 100


class ScheduledEvents:
    """The events of one world. What is asked of it is refused with Discord's errors."""

    def __init__(self, world: World) -> None:
        self._world = world

    def of(self, guild: JSON) -> list[JSON]:
        """Return what is to come or goes on in a guild."""
        return [event for event in self._all(guild) if event["status"] in (SCHEDULED, ACTIVE)]

    def get(self, guild: JSON, event_id: str) -> JSON:
        """Return an event. Raises ApiError 10070."""
        for event in self._all(guild):
            if event["id"] == event_id:
                return event
        raise unknown("Guild Scheduled Event")

    def create(self, guild: JSON, creator: JSON, body: JSON) -> JSON:
        """Make an event. Raises ApiError for one that cannot be, and where 100 are open."""
        errors = ValidationErrors()
        errors.choice_of("entity_type", body.get("entity_type"), (EXTERNAL,))
        errors.choice_of("privacy_level", body.get("privacy_level"), (GUILD_ONLY,))
        self._check(body, errors, whole=True)
        errors.check()
        if len(self.of(guild)) >= MOST_OPEN:
            raise ApiError(400, 30038, f"Maximum number of uncompleted guild scheduled events reached ({MOST_OPEN})")
        event = _blank(self._world.ids.new(), guild, creator) | _given(body)
        self._all(guild).append(event)
        self._world.publish("GUILD_SCHEDULED_EVENT_CREATE", event)
        return event

    def edit(self, guild: JSON, event_id: str, body: JSON) -> JSON:
        """Change an event that is not over. Raises ApiError for what cannot be."""
        event, errors = self.get(guild, event_id), ValidationErrors()
        if event["status"] not in (SCHEDULED, ACTIVE):
            raise ApiError(400, 180000, "Cannot update a finished event")
        begins = body.get("scheduled_start_time")
        if (
            event["status"] == ACTIVE
            and begins is not None
            and _moment(begins) != _moment(event["scheduled_start_time"])
        ):
            errors.wrong("scheduled_start_time", "GUILD_SCHEDULED_EVENT_STARTED", "The event has begun.")
        same = {key: value for key, value in event.items() if key.startswith("scheduled_")}
        self._check(same | body, errors, whole=False, is_begun=event["status"] == ACTIVE)
        errors.check()
        event.update(_given(body))
        self._world.publish("GUILD_SCHEDULED_EVENT_UPDATE", event)
        return event

    def delete(self, guild: JSON, event_id: str) -> None:
        """Take an event away. Raises ApiError 10070."""
        event = self.get(guild, event_id)
        self._all(guild).remove(event)
        self._world.publish("GUILD_SCHEDULED_EVENT_DELETE", event)

    def _all(self, guild: JSON) -> list[JSON]:
        """Return every event, each with the status that it has by now."""
        events = self._world.events.setdefault(guild["id"], [])
        for event in events:
            event["status"] = self._status(event)
        return events

    def _status(self, event: JSON) -> int:
        now = self._world.clock()
        if now >= _moment(event["scheduled_end_time"]):
            return COMPLETED
        return ACTIVE if now >= _moment(event["scheduled_start_time"]) else SCHEDULED

    def _check(self, body: JSON, errors: ValidationErrors, *, whole: bool, is_begun: bool = False) -> None:
        low = int(whole)
        if whole or "name" in body:
            errors.text("name", body.get("name"), low=1, high=_LONGEST_NAME)
        errors.text("description", body.get("description"), high=_LONGEST_TEXT)
        place = (body.get("entity_metadata") or {}).get("location")
        errors.text("entity_metadata.location", place, low=low, high=_LONGEST_PLACE)
        if body.get("channel_id") is not None:
            errors.wrong("channel_id", "GUILD_SCHEDULED_EVENT_CHANNEL", "An external event has no channel.")
        starts, ends = (_read(body, key, errors) for key in ("scheduled_start_time", "scheduled_end_time"))
        if starts is None or ends is None:
            return
        if starts <= self._world.clock() and not is_begun:
            code = "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST"
            errors.wrong("scheduled_start_time", code, "Cannot schedule event in the past.")
        if ends <= starts:
            code = "GUILD_SCHEDULED_EVENT_END_BEFORE_START"
            errors.wrong("scheduled_end_time", code, "Cannot schedule event to end before it starts.")


def _given(body: JSON) -> JSON:
    """Return what of an event a request sets."""
    given = {key: body[key] for key in ("name", "description", "entity_metadata") if key in body}
    times = {key: body[key] for key in ("scheduled_start_time", "scheduled_end_time") if key in body}
    return given | {key: timestamp(_moment(moment)) for key, moment in times.items()}


def _blank(event_id: str, guild: JSON, creator: JSON) -> JSON:
    return {
        "id": event_id,
        "guild_id": guild["id"],
        "channel_id": None,
        "creator_id": creator["id"],
        "creator": creator,
        "description": None,
        "privacy_level": GUILD_ONLY,
        "status": SCHEDULED,
        "entity_type": EXTERNAL,
        "entity_id": None,
        "image": None,
        "recurrence_rule": None,
        "guild_scheduled_event_exceptions": [],
    }


def _read(body: JSON, key: str, errors: ValidationErrors) -> float | None:
    if body.get(key) is None:
        errors.wrong(key, "BASE_TYPE_REQUIRED", "This field is required")
        return None
    try:
        return _moment(body[key])
    except (TypeError, ValueError):
        errors.wrong(key, "DATE_TIME_TYPE_PARSE", f"Could not parse {body[key]}. Should be ISO8601.")
        return None


def _moment(written: str) -> float:
    return datetime.fromisoformat(written).timestamp()
