"""The calendar: rules and occurrences, parsing, ages, hours and zones. Pure: knows no words for it and no database."""
