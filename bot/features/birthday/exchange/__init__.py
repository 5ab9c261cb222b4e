"""Birthdays as files that others read: CSV in and out, calendars out. Pure: knows no members."""
