"""A small local Discord that the unmodified discord.py client talks to: the demo and the test bed.

It knows nothing of the bot it hosts.
"""

from bot.playground.errors import ApiError, NoAnswer, PlaygroundError, TypedError
from bot.playground.playground import Answer, Playground

__all__ = ["Answer", "ApiError", "NoAnswer", "Playground", "PlaygroundError", "TypedError"]
