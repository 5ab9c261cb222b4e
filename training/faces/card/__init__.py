"""The quality card of a generator of faces: what it draws, what it can change, and how well a judge sees that."""

from training.faces.card.sections import faces_card, faces_sections

__all__ = ["faces_card", "faces_sections"]
