"""The values that every layer above speaks of: a birthday, a server's settings, and where a wish is on its way.

Knows no database, no chat and no words; an id is a number. The enumerations' values are kept in tables: they stay.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.features.birthday.calendar import local_time, zones
from bot.features.birthday.calendar.ages import AgeStyle
from bot.features.birthday.calendar.rules import Birthday, Occurrence
from bot.i18n import LANGUAGES

REST = timedelta(days=30)
"""For so long after a wish there is no other."""
JUST_WISHED = timedelta(days=7)
"""For so long after a wish nobody can know whether what is written now is for this birthday or for the next."""
MOST_REMINDER_DAYS = 14
MOST_LATE_DAYS = 30


class DigestRhythm(StrEnum):
    """How often the list of coming birthdays is posted."""

    OFF = "off"
    WEEKLY = "weekly"
    """On Mondays."""
    MONTHLY = "monthly"
    """On the first."""


class State(StrEnum):
    """Where an occurrence is on its way from planned to sent."""

    PLANNED = "planned"
    CLAIMED = "claimed"
    """One message for it is being sent, or may have been: its nonce says which."""
    SENT = "sent"
    SPARED = "spared"
    """The member was congratulated shortly before, on a date that was changed since."""
    SILENT = "silent"
    """The member was not on the server."""
    MISSED = "missed"
    """Too late to congratulate, and the admins are to be told."""
    UNSURE = "unsure"
    """Too late, and it cannot be known whether it was sent; the admins are to be told."""
    SHOWN = "shown"
    """The admins were told."""


WISHED = (State.SENT, State.CLAIMED, State.UNSURE)
"""The states of an occurrence whose wish was sent, or may have been."""


class Refusal(StrEnum):
    """Why the chat said a clear no: nothing was done, and asking again the same way will not help."""

    NO_CHANNEL = "no-channel"
    """The server has set none; no messenger says this."""
    CHANNEL_GONE = "channel-gone"
    FORBIDDEN = "forbidden"
    """The bot may not do it: send or read history there, or give that role."""
    ROLE_GONE = "role-gone"
    MEMBER_GONE = "member-gone"
    EVENT_GONE = "event-gone"
    GUILD_GONE = "guild-gone"
    """The bot is no member of the server; not said of one that is down for a while."""
    REJECTED = "rejected"
    """The chat does not take this content."""


class About(StrEnum):
    """What the admins are told of."""

    CHANNEL = "channel"
    """Wishes wait, for this reason."""
    ROLE = "role"
    """The birthday role could not be given or taken back, for this reason."""
    REMINDER = "reminder"
    """Reminders wait, for this reason; nobody is told of it."""
    EVENT = "event"
    """Discord's event could not be made or changed, for this reason; ``check`` says so."""
    MISSED = "missed"
    """These could not be congratulated in time, and will not be."""


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """A server's settings; as they stand here where nothing was set.

    ``at`` is the hour in ``zone``; up to ``late_days`` after the day a wish is still sent, saying that it is late.
    ``reminder_days`` before it those who want to be are reminded, 0 is never; with ``events`` Discord shows it too.
    With ``songs`` a wish brings one, where the group's model writes any.
    """

    guild_id: int
    channel_id: int | None = None
    at: time = time(9)
    zone: str = zones.USUAL
    role_id: int | None = None
    late_days: int = 3
    digest: DigestRhythm = DigestRhythm.OFF
    digest_from: date | None = None
    ages: AgeStyle = AgeStyle.INTERNATIONAL
    language: str = LANGUAGES[0]
    templates: tuple[str, ...] = ()
    reminder_days: int = 0
    events: bool = False
    songs: bool = False

    @property
    def tz(self) -> ZoneInfo:
        """The time zone itself."""
        return ZoneInfo(self.zone)

    def today(self, now: datetime) -> date:
        """Return the day it is where the server is."""
        return local_time.local_day(now, self.tz)

    def due(self, day: date) -> datetime:
        """Return the moment at which a wish for ``day`` goes out."""
        return local_time.due(day, self.at, self.tz)

    def days_late(self, day: date, now: datetime) -> int:
        """Return how many days ago ``day`` was where the server is; 0 on it or before."""
        return max(0, (self.today(now) - day).days)

    def is_too_late(self, day: date, now: datetime) -> bool:
        """Return whether ``day`` is longer ago than the server still congratulates."""
        return self.days_late(day, now) > self.late_days


@dataclass(frozen=True, slots=True)
class BirthdayRecord:
    """A stored birthday: whose, on which server; no day before ``since`` is congratulated."""

    guild_id: int
    user_id: int
    name: str
    birthday: Birthday
    since: date
    left_at: datetime | None = None
    wished: date | None = None
    """The last day for which a wish was sent, or may have been."""

    def is_wished_on(self, day: date) -> bool:
        """Return whether an occurrence on ``day`` is congratulated: the one rule of the sender and of every answer.

        A date that was changed brings a wish on the new day, unless there was one in the :data:`REST` before it.
        """
        rests = self.wished is not None and timedelta() < day - self.wished <= REST
        return day >= self.since and not rests

    @property
    def is_prepared(self) -> bool:
        """Whether others may do something for it before the day: be reminded, write, see an event.

        Whoever hid something about their birthday wants no fuss about it, and is only congratulated.
        """
        return not self.birthday.hidden and self.left_at is None

    def is_just_wished(self, today: date) -> bool:
        """Return whether a wish was sent, or may have been, so shortly before that another has to wait."""
        return self.wished is not None and today - self.wished < JUST_WISHED


@dataclass(frozen=True, slots=True)
class Celebrated:
    """A birthday and the one day of it that is celebrated; give both to ``age_at``."""

    record: BirthdayRecord
    occurrence: Occurrence
