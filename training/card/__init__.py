"""The quality card's frame: a page of one file, its sections, and plots that need neither scripts nor a network."""

from training.card.page import Card, Fact, Figure, Section

__all__ = ["Card", "Fact", "Figure", "Section"]
