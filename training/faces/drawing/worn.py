"""What is put on: glasses, a hat, earrings."""

from bot.photos import EYES
from training.faces.drawing.colours import darker, lighter
from training.faces.drawing.look import Look

_HATS = ("#b3423a", "#35577c", "#c9a24a")


def earrings(look: Look) -> str:
    """Return earrings, or nothing."""
    if not look.has["Wearing_Earrings"]:
        return ""
    out, hoop = look.cheek + 1.2, look.identity.earrings == 0
    rings = ""
    for side in (-1, 1):
        x = 50 + side * out
        rings += (
            f'<circle cx="{x:.2f}" cy="63.5" r="3.4" fill="none" stroke="#e8b93a" stroke-width="1.7"/>'
            if hoop
            else f'<circle cx="{x:.2f}" cy="61.8" r="2.6" fill="#f4e2a0" stroke="#c8932b" stroke-width="1"/>'
        )
    return rings


def glasses(look: Look) -> str:
    """Return glasses, or nothing."""
    if not look.has["Eyeglasses"]:
        return ""
    (left, y), (right, _) = ((x * 100, y * 100) for x, y in EYES)
    frame, out = "#26222b", look.cheek
    lenses = "".join(
        f'{_lens(look, x, y)} fill="#dff0ff" fill-opacity=".20" stroke="{frame}" stroke-width="1.8"/>'
        for x in (left, right)
    )
    return (
        f'{lenses}<path d="M{left + 9.2:.1f} {y - 0.6:.1f} Q50 {y - 2.8:.1f} {right - 9.2:.1f} {y - 0.6:.1f}'
        f" M{left - 9.2:.1f} {y - 1:.1f} L{50 - out:.1f} {y - 2:.1f}"
        f' M{right + 9.2:.1f} {y - 1:.1f} L{50 + out:.1f} {y - 2:.1f}"'
        f' fill="none" stroke="{frame}" stroke-width="1.6"/>'
    )


def _lens(look: Look, x: float, y: float) -> str:
    if look.identity.glasses == 0:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="9.2"'
    return f'<rect x="{x - 9.6:.1f}" y="{y - 6.6:.1f}" width="19.2" height="13.6" rx="3.4"'


def hat(look: Look) -> str:
    """Return a woollen hat, a cap or a straw hat, or nothing."""
    if not look.has["Wearing_Hat"]:
        return ""
    return (_woollen, _cap, _straw)[look.identity.hat](look, _HATS[look.identity.hat])


def _woollen(look: Look, colour: str) -> str:
    out = look.cheek + 3.2
    rim = lighter(colour, 0.22)
    return (
        f'<path d="M{50 - out:.2f} 29 C{50 - out:.2f} -2 {50 + out:.2f} -2 {50 + out:.2f} 29Z" fill="{colour}"/>'
        f'<rect x="{50 - out - 1:.2f}" y="22" width="{2 * out + 2:.2f}" height="9" rx="4" fill="{rim}"/>'
        f'<circle cx="50" cy="4" r="5.4" fill="{rim}"/>'
    )


def _cap(look: Look, colour: str) -> str:
    out = look.cheek + 2.2
    return (
        f'<path d="M{50 - out:.2f} 29 C{50 - out:.2f} 2 {50 + out:.2f} 2 {50 + out:.2f} 29Z" fill="{colour}"/>'
        f'<path d="M{50 - out - 1:.2f} 28 Q50 20 {50 + out + 1:.2f} 28 Q{50 + out:.2f} 34 50 32.4'
        f' Q{50 - out:.2f} 34 {50 - out - 1:.2f} 28Z" fill="{darker(colour, 0.35)}"/>'
    )


def _straw(look: Look, colour: str) -> str:
    out = look.cheek + 1.2
    return (
        f'<path d="M{50 - out:.2f} 26 C{50 - out:.2f} -1 {50 + out:.2f} -1 {50 + out:.2f} 26Z" fill="{colour}"/>'
        f'<rect x="{50 - out:.2f}" y="19" width="{2 * out:.2f}" height="6" fill="#6b3f2a"/>'
        f'<ellipse cx="50" cy="27" rx="{out + 12:.2f}" ry="5.2" fill="{lighter(colour, 0.15)}"/>'
    )
