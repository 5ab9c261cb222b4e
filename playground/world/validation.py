"""Validation errors: collects what is wrong with a request, then refuses it in Discord's error form.

Knows nothing of what is checked. Source: Discord's reference, "Error messages" (code 50035).
"""

from collections.abc import Sized
from typing import Any

from playground.world.errors import ApiError
from playground.world.wire import JSON


class ValidationErrors:
    """The wrongs found so far, by dotted path: ``errors.at("data").length("content", text, high=2000)``."""

    def __init__(self, path: str = "", errors: JSON | None = None) -> None:
        self._path = path
        self._errors: JSON = {} if errors is None else errors

    def at(self, *steps: str | int) -> "ValidationErrors":
        """Return the same collection with its paths below ``steps``."""
        return ValidationErrors(_join(self._path, *steps), self._errors)

    def wrong(self, path: str, code: str, message: str) -> None:
        """Note one wrong at ``path``; an empty path is the object itself."""
        node = self._errors
        for step in filter(None, _join(self._path, path).split(".")):
            node = node.setdefault(step, {})
        node.setdefault("_errors", []).append({"code": code, "message": message})

    def choice_of(self, path: str, value: object, allowed: range | tuple[object, ...]) -> None:
        """``value`` must be one of ``allowed``."""
        if value not in allowed:
            listed = ", ".join(str(one) for one in allowed)
            self.wrong(path, "BASE_TYPE_CHOICES", f"Value must be one of ({listed}).")

    def length(self, path: str, value: Sized | None, *, low: int = 0, high: int) -> None:
        """``value`` must have ``low`` to ``high`` characters or items; ``None`` counts as missing if ``low`` > 0."""
        if value is None:
            if low:
                self.wrong(path, "BASE_TYPE_REQUIRED", "This field is required")
            return
        unit = "in length" if isinstance(value, str) else "items"
        if len(value) > high:
            self.wrong(path, "BASE_TYPE_MAX_LENGTH", f"Must be {high} or fewer {unit}.")
        elif len(value) < low:
            self.wrong(path, "BASE_TYPE_MIN_LENGTH", f"Must be {low} or more {unit}.")

    def text(self, path: str, value: Any, *, low: int = 0, high: int) -> None:  # noqa: ANN401 - it may be anything
        """``value`` must be text of ``low`` to ``high`` characters; ``None`` is missing."""
        if value is not None and not isinstance(value, str):
            self.wrong(path, "STRING_TYPE_CONVERT", "Could not interpret as string.")
        else:
            self.length(path, value, low=low, high=high)

    def check(self) -> None:
        """Raise the 400 that tells all the wrongs, if there is any."""
        if self._errors:
            raise ApiError(400, 50035, "Invalid ValidationErrors Body", self._errors)


def _join(*steps: str | int) -> str:
    return ".".join(str(step) for step in steps if step != "")
