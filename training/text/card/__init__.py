"""The quality card of a voice: the room in figures, how it learnt, what it is worth, what it says and gives away."""

from training.text.card.chat import ChatFigures
from training.text.card.sections import text_card

__all__ = ["ChatFigures", "text_card"]
