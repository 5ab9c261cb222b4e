"""Exports of invented rooms, as KakaoTalk for macOS writes them."""

import csv
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

NOON = datetime(2026, 11, 19, 12)


def write_export(path: Path, messages: Iterable[tuple[datetime, str, str]]) -> Path:
    """Write messages, each with its time and who sent it, and return the file."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["Date", "User", "Message"])
        rows.writerows([f"{when:%Y-%m-%d %H:%M:%S}", who, text] for when, who, text in messages)
    return path


def in_turn(lines: Iterable[str], people: tuple[str, ...], minutes: int = 1) -> Iterable[tuple[datetime, str, str]]:
    """Return lines as messages of people in turn, so many minutes apart."""
    return (
        (NOON + timedelta(minutes=number * minutes), people[number % len(people)], line)
        for number, line in enumerate(lines)
    )
