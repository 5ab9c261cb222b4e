"""Errors about birthdays: a reason and its values. Knows no prose: the languages have it."""

from datetime import date
from enum import StrEnum

Value = int | str | date


class Reason(StrEnum):
    """What was wrong; the comment names the values that come with it."""

    NO_SUCH_MONTH = "no_such_month"  # month
    NO_SUCH_DAY = "no_such_day"  # month, day, most
    NO_SUCH_LUNAR_DAY = "no_such_lunar_day"  # month, day
    NEVER_A_LEAP_MONTH = "never_a_leap_month"  # month
    NO_LEAP_MONTH_THAT_YEAR = "no_leap_month_that_year"  # year, month, has (0: that year has none)
    NO_SUCH_DAY_THAT_YEAR = "no_such_day_that_year"  # year, month, day, most
    YEAR_OUT_OF_RANGE = "year_out_of_range"  # year, first, last
    NOT_YET_BORN = "not_yet_born"  # date
    BEYOND_TABLES = "beyond_tables"  # first, last (dates)
    NO_SUCH_ZONE = "no_such_zone"  # zone
    SEVERAL_ZONES = "several_zones"  # zone, zones (IANA names with blanks between)
    TEMPLATE_EMPTY = "template_empty"
    TEMPLATE_TOO_LONG = "template_too_long"  # length, limit
    UNKNOWN_PLACEHOLDER = "unknown_placeholder"  # placeholder
    UNKNOWN_PARTICLE = "unknown_particle"  # particle
    UNCLOSED_PART = "unclosed_part"  # text (from the bracket on)
    UNCLOSED_PLACEHOLDER = "unclosed_placeholder"  # text (from the brace on)
    TOO_MANY_ROWS = "too_many_rows"  # limit
    SHEET_TOO_LARGE = "sheet_too_large"  # limit (bytes)
    UNREADABLE_SHEET = "unreadable_sheet"
    NO_HEADER = "no_header"  # found
    NO_NAME = "no_name"
    UNREADABLE_ID = "unreadable_id"  # text (Excel turned it into 1.23E+17)
    NO_DATE = "no_date"
    UNREADABLE_DATE = "unreadable_date"  # text
    OPEN_ORDER = "open_order"  # text (which of the numbers is the month, no row shows)
    UNREADABLE_YEAR = "unreadable_year"  # text
    UNREADABLE_CALENDAR = "unreadable_calendar"  # text
    REMARK_ON_CALENDAR = "remark_on_calendar"  # text
    UNREADABLE_LEAP_DAY = "unreadable_leap_day"  # text
    UNREADABLE_HIDDEN = "unreadable_hidden"  # text
    CONTRADICTION = "contradiction"  # text (the cell that contradicts the others)
    SAME_AS_ROW = "same_as_row"  # row
    NOBODY_CALLED = "nobody_called"  # name
    SEVERAL_CALLED = "several_called"  # name
    IS_A_BOT = "is_a_bot"  # name
    NO_MEMBER = "no_member"  # user (id)
    TOO_MANY_NAMES = "too_many_names"  # limit
    UNREADABLE_TIME = "unreadable_time"  # text


class BirthdayError(Exception):
    """Something cannot be; carries the reason and the values for its sentence."""

    def __init__(self, reason: Reason, **values: Value) -> None:
        super().__init__(reason.value, values)
        self.reason = reason
        self.values = values


class RuleError(BirthdayError):
    """A date that cannot be."""
