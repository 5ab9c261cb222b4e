"""Birthdays on Discord: commands, buttons and the messenger. The deciding is done by the layers below."""
