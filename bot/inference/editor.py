"""Makes the face in a photo smile, or smile less, by a bundle's editor: the photo is changed, not drawn.

Knows nothing of who asks.
"""

import numpy as np

from bot.bundle import Bundle, BundleError, Model, Role, editor_signature
from bot.inference.session import Graph, Provider, open_promised
from bot.photos import VERSION, Eyes, Located, editing, standard
from bot.photos.editing import Picture

_TRIAL_SEED = 7
_BOTH_WAYS = np.array([[3.0], [-2.0]], np.float32)
_SEEN = 0.25
"""How much of a mouth is drawn anew, of 1, by one of these strengths: five of 540 photos of people have less, and five
of 105 drawings, and nothing that is covered, have as much."""


class Editor:
    """A bundle's editor; one that works ``both_ways`` also takes a smile back."""

    def __init__(self, graph: Graph, eyes: Eyes, *, both_ways: bool) -> None:
        """Take the open graph, and where the eyes lie in the crops that it knows; :func:`open_editor` does."""
        self._graph, self._eyes, self.both_ways = graph, eyes, both_ways

    def smile(self, pixels: Picture, face: Located, strength: float, into: Picture | None = None) -> Picture:
        """Return ``pixels`` with a smile on ``face``: 1 with closed lips or hardly open, 2 a grin, 0 as it was.

        Below 0 with less of the smile that there is, from -2 on with none. ``into`` is as of :func:`editing.edited`.
        """
        if strength == 0 or (strength < 0 and not self.both_ways):
            return pixels
        return editing.change(pixels, face, strength, self._fields, self._eyes, into)

    def sees_mouth(self, face: Picture, eyes: Eyes) -> bool:
        """Return whether the aligned crop ``face [n, n, 3]`` shows a person's mouth, neither hidden nor drawn.

        Such a mouth would be made to smile, or to smile less. An editor that works one way only cannot tell: True.
        """
        if not self.both_ways:
            return True
        seen, _ = editing.lit(editing.window(face, standard(len(face), eyes), self._eyes), editing.DIM)
        *_, alpha, _ = self._graph.run_all(np.stack([seen, seen]), _BOTH_WAYS)
        return float(alpha.max()) >= _SEEN

    def _fields(self, window: Picture, strength: float) -> editing.Fields:
        fields = self._graph.run_all(window[None], np.array([[strength]], np.float32))
        return editing.Fields(*(field[0] for field in fields))


def open_editor(bundle: Bundle, provider: Provider = "auto") -> Editor | None:
    """Open the bundle's editor, or return None where it has none.

    Raises:
        BundleError: its graph cannot be opened or breaks the contract, or it knows faces that are cut out in another
            way than this bot's.
        ProviderError: the GPU was asked for by name and is not in use.
    """
    for name, model in bundle.manifest.of_role(Role.EDITOR).items():
        return _opened(bundle, name, model, provider)
    return None


def _opened(bundle: Bundle, name: str, model: Model, provider: Provider) -> Editor:
    if model.crop is None or model.crop.version != VERSION:
        raise BundleError(f"The editor {name} knows faces that were cut out in another way: export it again.")
    side = editing.WINDOW_SIDE
    noise = np.random.default_rng(_TRIAL_SEED).integers(0, 256, (1, side, side, 3), np.uint8)
    graph = open_promised(bundle, model, provider, editor_signature(), (noise, np.ones((1, 1), np.float32)))
    return Editor(graph, model.crop.eyes, both_ways=model.both_ways)
