"""Readers of chat files, a format each: a new one is a file in this folder and a line in the table.

How the right one is chosen for a file is :mod:`training.text.readers.detection`'s affair.
"""

from training.text.readers import (
    android,
    discord_exporter,
    discord_package,
    ios,
    macos,
    plain,
    telegram,
    whatsapp,
    windows,
)
from training.text.readers.format import Format

FORMATS: tuple[Format, ...] = (
    windows.FORMAT,
    macos.FORMAT,
    android.FORMAT,
    ios.FORMAT,
    discord_exporter.JSON,
    discord_exporter.CSV,
    discord_package.JSON,
    discord_package.CSV,
    whatsapp.FORMAT,
    telegram.FORMAT,
    plain.FORMAT,
)
"""Of two that are equally sure of a file the first one reads it."""
