"""When a birthday falls: rules, calendars, ages, hours and zones. Pure: knows no words for it and no database."""
