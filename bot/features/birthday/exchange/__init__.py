"""Files that others read: CSV in and out, calendars out. Pure: knows no Discord and no database."""
