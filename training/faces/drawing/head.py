"""The wall behind, the shoulders, the ears and the face with its cheeks, in light from one side."""

from training.faces.drawing.colours import darker, lighter, mix
from training.faces.drawing.look import Look


def paints(look: Look) -> str:
    """Return every gradient that the layers fill with."""
    person, skin = look.identity, look.skin
    x = 50 - 22 * person.light
    left, right = (0.10, 0.0) if person.light > 0 else (0.0, 0.10)
    return (
        _linear("wall", lighter(person.background, 0.35), darker(person.background, 0.14))
        + f'<radialGradient id="skin" gradientUnits="userSpaceOnUse" cx="{x:.1f}" cy="44" r="58">'
        f'<stop offset="0" stop-color="{lighter(skin, 0.22)}"/><stop offset=".55" stop-color="{skin}"/>'
        f'<stop offset="1" stop-color="{darker(skin, 0.28)}"/></radialGradient>'
        + _linear("hair", lighter(look.hair, 0.16), darker(look.hair, 0.30))
        + _linear("cloth", lighter(person.clothes, 0.1), darker(person.clothes, 0.25))
        + _glow("blush", "#e8475e", 0.62)
        + _glow("warm", mix(skin, "#d9604f", 0.6), 0.30)
        + _glow("shade", darker(skin, 0.5), 0.40)
        + '<linearGradient id="light" x1="0" x2="1" y1="0" y2="0">'
        f'<stop offset="0" stop-color="#20141c" stop-opacity="{left}"/>'
        f'<stop offset=".5" stop-color="#20141c" stop-opacity="0"/>'
        f'<stop offset="1" stop-color="#20141c" stop-opacity="{right}"/></linearGradient>'
    )


def body(look: Look) -> str:
    """Return neck and shoulders."""
    broad = 40 if look.has["Male"] else 33
    neck = 13.5 if look.has["Male"] or look.has["Chubby"] else 10.5
    return (
        f'<path d="M{50 - broad} 104 C{50 - broad} 93 {46 - neck} 93 {50 - neck} 91 L{50 + neck} 91'
        f' C{54 + neck} 93 {50 + broad} 93 {50 + broad} 104Z" fill="url(#cloth)"/>'
        f'<path d="M{50 - neck} 72 L{50 - neck} 91 Q50 101 {50 + neck} 91 L{50 + neck} 72Z"'
        f' fill="{darker(look.skin, 0.16)}"/>'
        f'<ellipse cx="50" cy="{look.chin:.1f}" rx="{neck + 5}" ry="6" fill="url(#shade)"/>'
    )


def ears(look: Look) -> str:
    """Return both ears."""
    out = look.cheek - 0.6
    inner = darker(look.skin, 0.22)
    return "".join(
        f'<ellipse cx="{50 + side * out:.2f}" cy="53" rx="3.6" ry="6" fill="{darker(look.skin, 0.08)}"/>'
        f'<ellipse cx="{50 + side * (out + 0.4):.2f}" cy="53.4" rx="1.7" ry="3.6" fill="{inner}" opacity=".6"/>'
        for side in (-1, 1)
    )


def face(look: Look) -> str:
    """Return the face, its cheeks, and a man's shadow of a beard."""
    outline = _outline(look)
    parts = [f'<path d="{outline}" fill="url(#skin)"/>']
    if look.has["Male"]:
        parts.append(_beard(look))
    blush, depth = ("blush", 7.4) if look.has["Rosy_Cheeks"] else ("warm", 6.0)
    raised = -1.2 if look.has["Smiling"] else 0
    for side in (-1, 1):
        x, y = 50 + side * (look.cheek * 0.60), 60.5 + raised
        parts.append(f'<ellipse cx="{x:.2f}" cy="{y}" rx="{depth}" ry="{depth * 0.72:.2f}" fill="url(#{blush})"/>')
    if look.has["Chubby"]:
        line = darker(look.skin, 0.30)
        parts.append(
            f'<path d="M42 {look.chin - 3.4:.1f} Q50 {look.chin - 0.6:.1f} 58 {look.chin - 3.4:.1f}" fill="none"'
            f' stroke="{line}" stroke-width=".9" stroke-linecap="round" opacity=".6"/>'
        )
    return "".join(parts)


def _outline(look: Look) -> str:
    cheek, chin = look.cheek, look.chin
    jaw = cheek * look.jaw
    left, right = 50 - cheek, 50 + cheek
    return (
        f"M{left:.2f} 44 C{left:.2f} 20 {right:.2f} 20 {right:.2f} 44"
        f" C{right:.2f} 60 {50 + jaw + 3:.2f} 70 {50 + jaw * 0.78:.2f} {chin - 7:.2f}"
        f" C{50 + jaw * 0.50:.2f} {chin + 1.6:.2f} {50 - jaw * 0.50:.2f} {chin + 1.6:.2f}"
        f" {50 - jaw * 0.78:.2f} {chin - 7:.2f}"
        f" C{50 - jaw - 3:.2f} 70 {left:.2f} 60 {left:.2f} 44Z"
    )


def _beard(look: Look) -> str:
    chin, wide = look.chin, look.cheek * look.jaw
    return (
        f'<path d="M{50 - wide * 1.02:.2f} 66 C{50 - wide:.2f} {chin - 4:.1f} 42 {chin + 0.6:.1f} 50 {chin + 0.6:.1f}'
        f" C58 {chin + 0.6:.1f} {50 + wide:.2f} {chin - 4:.1f} {50 + wide * 1.02:.2f} 66"
        f' C{50 + wide * 0.6:.2f} 62.5 56 63 50 63.4 C44 63 {50 - wide * 0.6:.2f} 62.5 {50 - wide * 1.02:.2f} 66Z"'
        f' fill="{mix(look.hair, "#3b3038", 0.5)}" opacity=".17"/>'
    )


def _linear(name: str, top: str, bottom: str) -> str:
    return (
        f'<linearGradient id="{name}" x1="0" x2="0" y1="0" y2="1"><stop offset="0" stop-color="{top}"/>'
        f'<stop offset="1" stop-color="{bottom}"/></linearGradient>'
    )


def _glow(name: str, colour: str, strength: float) -> str:
    return (
        f'<radialGradient id="{name}"><stop offset="0" stop-color="{colour}" stop-opacity="{strength}"/>'
        f'<stop offset="1" stop-color="{colour}" stop-opacity="0"/></radialGradient>'
    )
