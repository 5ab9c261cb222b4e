"""Storage of birthdays: tables, repositories, and every SQL statement. Knows no Discord: an id is a number."""
