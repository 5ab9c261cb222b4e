"""What is kept about birthdays in the store. Knows no Discord: an id is a number."""
