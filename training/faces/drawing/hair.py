"""Hair: what falls behind the head, and what lies over the forehead."""

from training.faces.drawing.colours import darker, lighter
from training.faces.drawing.look import Look


def behind(look: Look) -> str:
    """Return the hair behind the head."""
    if not look.long:
        return _cap(look, 46)
    style = look.identity.style
    if style == "curly":
        return _curls(look)
    end = 96.0 if style == "long" else 74.0
    out = look.cheek + (7.5 if style == "bob" else 6.5)
    return (
        f'<path d="M{50 - out:.2f} {end} C{50 - out - 3:.2f} 50 {50 - out:.2f} 10 50 10'
        f" C{50 + out:.2f} 10 {50 + out + 3:.2f} 50 {50 + out:.2f} {end}"
        f' Q50 {end - 12:.1f} {50 - out:.2f} {end}Z" fill="url(#hair)"/>'
    )


def over(look: Look) -> str:
    """Return the hair over the forehead: a fringe, or swept aside."""
    return _fringe(look) if look.has["Bangs"] else _swept(look)


def _cap(look: Look, end: float) -> str:
    out = look.cheek + 2.4
    return (
        f'<path d="M{50 - out:.2f} {end} C{50 - out - 2:.2f} 12 {50 + out + 2:.2f} 12 {50 + out:.2f} {end}Z"'
        ' fill="url(#hair)"/>'
    )


def _curls(look: Look) -> str:
    out = look.cheek + 5
    middles = [(50 + side * (out - 2 + 1.6 * (step % 2)), 26 + 8.2 * step) for side in (-1, 1) for step in range(6)]
    middles += [(50 + step * 8.5, 15.5 + 0.055 * (step * 8.5) ** 2 / 6) for step in range(-3, 4)]
    return "".join(f'<circle cx="{x:.2f}" cy="{y:.2f}" r="8.6" fill="url(#hair)"/>' for x, y in middles)


def _top(look: Look, inside: str) -> str:
    """Return the hair from temple to temple; ``inside`` is its lower edge, from the right one back to the left one."""
    out = look.cheek + 1.4
    left, right = 50 - out, 50 + out
    return (
        f'<path d="M{left:.2f} 46 C{left - 2.5:.2f} 8 {right + 2.5:.2f} 8 {right:.2f} 46 {inside} {left:.2f} 46Z"'
        ' fill="url(#hair)"/>' + _shine(look)
    )


def _fringe(look: Look) -> str:
    out = look.cheek - 2.2
    left, right = 50 - out, 50 + out
    edge = (
        f"Q{right:.2f} 40 {right - 1:.2f} 36.5 Q{50 + out * 0.55:.2f} 34.5 {50 + out * 0.34:.2f} 35.5"
        f" Q50 33.5 {50 - out * 0.34:.2f} 35.5 Q{50 - out * 0.55:.2f} 34.5 {left + 1:.2f} 36.5 Q{left:.2f} 40"
    )
    return _top(look, edge) + _strands(look)


def _swept(look: Look) -> str:
    part = 50 + look.identity.parting
    out = look.cheek - 1.8
    edge = (
        f"Q{50 + out:.2f} 32 {part + 8:.2f} 25.5 Q{part:.2f} 22.5 {part:.2f} 22.5"
        f" Q{part:.2f} 22.5 {part - 8:.2f} 25.5 Q{50 - out:.2f} 32"
    )
    return _top(look, edge)


def _shine(look: Look) -> str:
    return (
        f'<path d="M36 25.4 Q44 19.4 55 20.6" fill="none" stroke="{lighter(look.hair, 0.38)}" stroke-width="2.2"'
        ' stroke-linecap="round" opacity=".5"/>'
    )


def _strands(look: Look) -> str:
    colour = darker(look.hair, 0.4)
    return "".join(
        f'<path d="M{50 + x * 0.7:.1f} 20 Q{50 + x:.1f} 28 {50 + x:.1f} 34.6" fill="none" stroke="{colour}"'
        ' stroke-width=".8" opacity=".5"/>'
        for x in (-16, -9, -3, 4, 10, 17)
    )
