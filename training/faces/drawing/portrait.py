"""The renderer of a portrait: put together layer over layer, drawn by resvg. Knows nothing of labels or files."""

import io
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from training.faces.data.labels import ATTRIBUTES
from training.faces.drawing import features, hair, head, worn
from training.faces.drawing.identity import Identity
from training.faces.drawing.look import Look


def portrait(identity: Identity, attributes: Mapping[str, bool], size: int, supersampled: int = 2) -> NDArray[np.uint8]:
    """Return the portrait ``[size, size, 3]``: the eyes lie where an aligned photo has them.

    Each pixel is the mean of ``supersampled`` times as many each way: finer, and slower by nearly the square.
    """
    import resvg_py
    from PIL import Image

    side = size * supersampled
    drawn = resvg_py.svg_to_bytes(svg_string=svg(identity, attributes), width=side, height=side)
    picture = Image.open(io.BytesIO(bytes(drawn))).convert("RGB")
    return np.array(picture.resize((size, size), Image.Resampling.BOX), dtype=np.uint8)


def svg(identity: Identity, attributes: Mapping[str, bool]) -> str:
    """Return the portrait as SVG; an attribute that is not named is absent."""
    look = Look.of(identity, {name: attributes.get(name, False) for name in ATTRIBUTES})
    layers = [
        hair.behind(look),
        head.body(look),
        head.ears(look),
        worn.earrings(look),
        head.face(look),
        features.eyes(look),
        features.brows(look),
        features.nose(look),
        features.mouth(look),
        hair.over(look),
        worn.glasses(look),
        worn.hat(look),
    ]
    person = look.identity
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'
        f"<defs>{head.paints(look)}</defs>"
        '<rect width="100" height="100" fill="url(#wall)"/>'
        f'<g transform="rotate({person.tilt:.2f} 50 60) translate({person.shift:.2f} 0)">{"".join(layers)}</g>'
        '<rect width="100" height="100" fill="url(#light)"/>'
        "</svg>"
    )
