"""Eyes, brows, nose and mouth: where a smile shows."""

from bot.photos import EYES
from training.faces.drawing.colours import darker, lighter, mix
from training.faces.drawing.look import Look

_EYE_LEVEL = EYES[0][1] * 100
_EYE_X = (EYES[0][0] * 100, EYES[1][0] * 100)
_MOUTH_LEVEL = 70.0
_INK = "#2a1a1c"


def eyes(look: Look) -> str:
    """Return both eyes."""
    return "".join(_eye(look, x, side) for x, side in zip(_EYE_X, (-1, 1), strict=True))


def brows(look: Look) -> str:
    """Return both eyebrows."""
    person = look.identity
    thick = 2.5 if look.has["Male"] else 1.5
    rise = 0.6 if look.has["Smiling"] else 0
    colour = darker(mix(look.hair, "#4a3428", 0.35), 0.25)
    paths = ""
    for x, side in zip(_EYE_X, (-1, 1), strict=True):
        y = person.brow_height - rise + (0.8 if look.has["Male"] else 0)
        inner, outer = x - side * 5.4, x + side * 6.2
        paths += (
            f'<path d="M{inner:.2f} {y + 0.8 + person.brow_tilt:.2f} Q{x:.2f} {y - 2.2:.2f} {outer:.2f} {y + 1.2:.2f}"'
            f' fill="none" stroke="{colour}" stroke-width="{thick}" stroke-linecap="round" opacity=".92"/>'
        )
    return paths


def nose(look: Look) -> str:
    """Return the nose: a shadow and a light."""
    person = look.identity
    tip, wide = _EYE_LEVEL + person.nose_length, person.nose_width + (0.7 if look.has["Male"] else 0)
    shade = darker(look.skin, 0.34)
    return (
        f'<path d="M{50 - wide:.2f} {tip - 0.6:.2f} Q50 {tip + 2.6:.2f} {50 + wide:.2f} {tip - 0.6:.2f}" fill="none"'
        f' stroke="{shade}" stroke-width="1.2" stroke-linecap="round" opacity=".75"/>'
        f'<ellipse cx="50" cy="{tip - 2.4:.2f}" rx="1.9" ry="2.2" fill="{lighter(look.skin, 0.5)}" opacity=".45"/>'
    )


def mouth(look: Look) -> str:
    """Return the mouth: its corners rise by a smile, its lips part by themselves."""
    person, has = look.identity, look.has
    smiling, parted = has["Smiling"], has["Mouth_Slightly_Open"]
    wide = person.mouth_width * (1.28 if smiling else 1.0)
    level = _MOUTH_LEVEL - (0.4 if smiling else 0)
    corner = level - (3.0 if smiling else -0.3)
    low = level + (2.6 if smiling else 0.2)
    gap = (4.2 if smiling else 3.6) if parted else 0.0
    lip = person.lip * (1.25 if has["Wearing_Lipstick"] else 0.9)
    colour = "#c4213f" if has["Wearing_Lipstick"] else mix(look.skin, "#b5544f", 0.55)
    upper = low - (1.0 if parted else 0.0)
    lower = low + gap
    parts = [
        _lips(wide, corner, upper - 2 * lip, lower + 2.4 * lip, colour),
        _gap(wide * 0.86, corner + 0.3, upper, lower, teeth=smiling) if parted else "",
        "" if parted else _line(wide, corner, 2 * low - corner, darker(colour, 0.5)),
    ]
    if smiling:
        parts += [_dimple(look, 50 + side * (wide + 2.2), corner, side) for side in (-1, 1)]
    return "".join(parts)


def _eye(look: Look, x: float, side: int) -> str:
    person, has = look.identity, look.has
    wide = 5.3 * person.eye_size
    open_by = (1.7 if has["Narrow_Eyes"] else 3.5) * person.eye_size
    # A real smile reaches the eyes: the lower lid comes up.
    below = open_by * (0.55 if has["Smiling"] else 0.9)
    y = _EYE_LEVEL
    almond = f"M{x - wide:.2f} {y:.2f} Q{x:.2f} {y - 2 * open_by:.2f} {x + wide:.2f} {y:.2f}"
    shape = f"{almond} Q{x:.2f} {y + 2 * below:.2f} {x - wide:.2f} {y:.2f}Z"
    iris = min(3.0, open_by * 0.95 + 0.6)
    name = f"eye{side + 1}"
    liner = 2.0 if has["Heavy_Makeup"] else 1.1 if has["Male"] else 1.4
    parts = [
        _shadow(look, x, y) if has["Heavy_Makeup"] else "",
        f'<clipPath id="{name}"><path d="{shape}"/></clipPath><path d="{shape}" fill="#fbf7f2"/>',
        f'<g clip-path="url(#{name})"><circle cx="{x:.2f}" cy="{y - 0.2:.2f}" r="{iris:.2f}" fill="{person.eyes}"/>',
        f'<circle cx="{x:.2f}" cy="{y - 0.2:.2f}" r="{iris * 0.5:.2f}" fill="#120c0e"/></g>',
        f'<circle cx="{x + 1.0:.2f}" cy="{y - 1.2:.2f}" r=".75" fill="#fff"/>',
        f'<path d="{almond}" fill="none" stroke="{_INK}" stroke-width="{liner}" stroke-linecap="round"/>',
    ]
    if has["Heavy_Makeup"]:
        tip = x + side * (wide + 2.4)
        parts.append(
            f'<path d="M{x + side * wide * 0.6:.2f} {y - 1.6:.2f} L{tip:.2f} {y - 2.6:.2f}" stroke="{_INK}"'
            f' stroke-width="1.5" stroke-linecap="round"/>'
        )
    if has["Smiling"]:
        parts.append(
            f'<path d="M{x - wide * 0.7:.2f} {y + 4.6:.2f} Q{x:.2f} {y + 5.9:.2f} {x + wide * 0.7:.2f} {y + 4.6:.2f}"'
            f' fill="none" stroke="{darker(look.skin, 0.3)}" stroke-width=".8" stroke-linecap="round" opacity=".55"/>'
        )
    return "".join(parts)


def _shadow(look: Look, x: float, y: float) -> str:
    colour = ("#7a4b9a", "#3e6fa8", "#a8476f", "#4b7f78")[look.identity.number % 4]
    return f'<ellipse cx="{x:.2f}" cy="{y - 3.0:.2f}" rx="7.2" ry="4.4" fill="{colour}" opacity=".58"/>'


def _lips(wide: float, corner: float, top: float, bottom: float, colour: str) -> str:
    left, right = 50 - wide, 50 + wide
    up, down = 2 * top - corner, 2 * bottom - corner
    return (
        f'<path d="M{left:.2f} {corner:.2f} Q{50 - 3:.2f} {up:.2f} 50 {top + 0.9:.2f} Q{50 + 3:.2f} {up:.2f}'
        f' {right:.2f} {corner:.2f} Q50 {down:.2f} {left:.2f} {corner:.2f}Z" fill="{colour}"/>'
    )


def _gap(wide: float, corner: float, top: float, bottom: float, *, teeth: bool) -> str:
    left, right = 50 - wide, 50 + wide
    up, down = 2 * top - corner, 2 * bottom - corner
    inside = f"M{left:.2f} {corner:.2f} Q50 {up:.2f} {right:.2f} {corner:.2f} Q50 {down:.2f} {left:.2f} {corner:.2f}Z"
    white = (
        f'<path d="M{left:.2f} {corner:.2f} Q50 {up:.2f} {right:.2f} {corner:.2f}'
        f' Q50 {up + 3.6:.2f} {left:.2f} {corner:.2f}Z" fill="#fdfaf6"/>'
        if teeth
        else ""
    )
    return f'<path d="{inside}" fill="#4a1420"/>{white}'


def _line(wide: float, corner: float, control: float, colour: str) -> str:
    return (
        f'<path d="M{50 - wide:.2f} {corner:.2f} Q50 {control:.2f} {50 + wide:.2f} {corner:.2f}" fill="none"'
        f' stroke="{colour}" stroke-width="1.2" stroke-linecap="round"/>'
    )


def _dimple(look: Look, x: float, y: float, side: int) -> str:
    return (
        f'<path d="M{x - side * 0.8:.2f} {y - 3.0:.2f} Q{x + side * 1.6:.2f} {y - 0.4:.2f}'
        f' {x - side * 0.6:.2f} {y + 2.0:.2f}"'
        f' fill="none" stroke="{darker(look.skin, 0.36)}" stroke-width=".9" stroke-linecap="round" opacity=".7"/>'
    )
