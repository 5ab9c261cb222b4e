"""A small local Discord that the unmodified discord.py client talks to: the demo and the test bed.

It knows nothing of the bot it hosts.
"""

from playground.interactions.phrases import TypedError
from playground.playground import Answer, Playground
from playground.world.errors import ApiError, NoAnswer, PlaygroundError

__all__ = ["Answer", "ApiError", "NoAnswer", "Playground", "PlaygroundError", "TypedError"]
