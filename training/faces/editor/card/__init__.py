"""The quality card of an editor: whom it makes smile, and held-out photos before and after."""

from training.faces.editor.card.sections import editor_card

__all__ = ["editor_card"]
