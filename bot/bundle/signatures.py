"""What every graph takes and gives, by its role: the signature that a manifest promises and the bot asks for.

A dimension is a number, or a name where it may vary. Pictures are RGB bytes outside, and all scaling and clipping is in
the graphs; only those of dreams go from 0 to 1. Knows nothing of how anything is learnt.
"""

from bot.bundle.manifest import Tensor
from bot.bundle.pulse import DAY

Signature = tuple[tuple[Tensor, ...], tuple[Tensor, ...]]
"""Inputs and outputs, in this order."""

LETTERS = 8
"""Who speaks in a dialogue is one of so many letters, whose ids follow those of the pieces."""
DEPTHS = ("wave", "eye", "dream")
"""How deep in the network it is looked at what is seen, the nearest first: edges, things that are round, animals."""
COARSEST = 16
"""What divides both sides of a picture that is dreamt of."""
READ_SIDE = 256
"""Pixels of the side of a picture whose style is read."""
STYLE_WIDTH = 100
"""Numbers that any picture's style is."""

_PHOTO = Tensor("photo", "uint8", ("height", "width", 3))
_PAINTING = Tensor("painting", "uint8", ("height", "width", 3))
_STYLE = Tensor("style", "float32", (STYLE_WIDTH,))


def text_signature(vocabulary: int, state: int | None = None, *, rereads: bool = True) -> Signature:
    """Return the inputs and outputs of a text network: token ids in, logits of the next token out.

    One that goes on from where it was takes a ``state`` of that width as well, and only the ``new`` ids are read after
    it; where it ``rereads``, from the end, ``ids`` are all of them still. Before the first ids the state is zeros.
    """
    ids = Tensor("ids", "int64", ("batch", "time"))
    logits = Tensor("logits", "float32", ("batch", vocabulary))
    if state is None:
        return (ids,), (logits,)
    new = Tensor("new", "int64", ("batch", "steps"))
    before, after = (Tensor(name, "float32", ("batch", state)) for name in ("state", "state_after"))
    return (*([ids] if rereads else []), new, before), (logits, after)


def picker_signature(lines: int | None = None) -> Signature:
    """Return the inputs and outputs of every picker: n-grams of a message and of each answer in, a score each out.

    One that knows so many ``lines`` of its room scores each of these, too.
    """
    message = Tensor("message", "int64", ("time",))
    answers = Tensor("answers", "int64", ("batch", "answer_time"))
    scores = [Tensor("scores", "float32", ("batch",))]
    if lines is not None:
        scores.append(Tensor("line_scores", "float32", (lines,)))
    return (message, answers), tuple(scores)


def fill_signature(vocabulary: int) -> Signature:
    """Return the inputs and outputs of a network for gaps.

    The ids that stand left of a gap and of what already fills it, and those right of it up to the end mark, go in; the
    logits of what follows in the gap come out, where the end mark means that it is full.
    """
    left, right = (Tensor(name, "int64", ("batch", f"{name}_time")) for name in ("left", "right"))
    return (left, right), (Tensor("logits", "float32", ("batch", vocabulary)),)


def reactions_signature(classes: int) -> Signature:
    """Return the inputs and outputs of a network for reactions: ids of messages in, the probability of each class out.

    A row is the start mark, what is left of a message without its signs of feeling, and the end mark.
    """
    ids = Tensor("ids", "int64", ("batch", "time"))
    return (ids,), (Tensor("probabilities", "float32", ("batch", classes)),)


def scene_signature(vocabulary: int, depth: int | str) -> Signature:
    """Return the inputs and outputs of a network of scenes.

    Ids in, which go on from what was read ``before``, the same for every row; the logits of what follows out, and so
    many numbers of each id as are kept ``before`` what comes next. Ids from ``vocabulary`` on are letters.
    """
    ids, before = Tensor("ids", "int64", ("batch", "time")), Tensor("before", "float32", ("before", depth))
    read = Tensor("read", "float32", ("batch", "time", depth))
    return (ids, before), (Tensor("logits", "float32", ("batch", vocabulary + LETTERS)), read)


def pulse_signature() -> Signature:
    """Return the inputs and outputs of every pulse.

    In go the messages of some hours, here of ``WEEK``; and of these and the ``DAY`` hours after them, which hour of the
    week each is (0 is that after midnight on Monday), and 1 where it is of a holiday. Out come the messages to be
    ``expected`` in each of the hours after them, and how many are ``usual`` there: the mean of that hour and weekday.
    """
    counts, hours, holidays = (
        Tensor("counts", "float32", ("batch", "past")),
        Tensor("hours", "int64", ("batch", "time")),
        Tensor("holidays", "float32", ("batch", "time")),
    )
    expected, usual = (Tensor(name, "float32", ("batch", DAY)) for name in ("expected", "usual"))
    return (counts, hours, holidays), (expected, usual)


def generator_signature(latent: int, size: int) -> Signature:
    """Return the inputs and outputs of every generator: ``z``, all normal, in, squares of ``size`` pixels out."""
    return (_latents(latent),), (_pictures(size),)


def encoder_signature(size: int, latent: int) -> Signature:
    """Return the inputs and outputs of the encoder: pictures in, the posterior mean of ``z`` out."""
    return (_pictures(size),), (_latents(latent),)


def editor_signature() -> Signature:
    """Return the inputs and outputs of the editor: the lower face of a crop and a strength in, four fields out.

    The fields are those of :mod:`bot.photos.editing`.
    """
    inputs = (Tensor("window", "uint8", ("batch", 80, 80, 3)), Tensor("strength", "float32", ("batch", 1)))
    fields = {"flow": (40, 40, 2), "shade": (40, 40, 3), "alpha": (80, 80, 1), "colour": (80, 80, 3)}
    return inputs, tuple(Tensor(name, "float32", ("batch", *shape)) for name, shape in fields.items())


def cleaner_signature() -> Signature:
    """Return the inputs and outputs of a cleaner.

    A crop of any size, a multiple of 4, goes in and comes out clean; of the same face at 40 pixels it says how strange
    it is.
    """
    face, clean = (Tensor(name, "uint8", ("batch", "height", "width", 3)) for name in ("face", "clean"))
    small = Tensor("small", "uint8", ("faces", 40, 40, 3))
    return (face, small), (clean, Tensor("strange", "float32", ("faces",)))


def styles_signature(count: int) -> Signature:
    """Return the inputs and outputs of what paints in ``count`` styles of its own.

    A photo whose sides are divisible by 4, and how much of each style, together 1, go in; a painting comes out.
    """
    return (_PHOTO, Tensor("weights", "float32", (count,))), (_PAINTING,)


def style_reader_signature() -> Signature:
    """Return the inputs and outputs of what reads the style of any picture: a square of it in, the style out."""
    return (Tensor("picture", "uint8", (READ_SIDE, READ_SIDE, 3)),), (_STYLE,)


def style_painter_signature() -> Signature:
    """Return the inputs and outputs of what paints in a style that was read: photo and style in, a painting out.

    Sides are divisible by 4.
    """
    return (_PHOTO, _STYLE), (_PAINTING,)


def dream_signature() -> Signature:
    """Return the inputs and outputs of a dream: a picture from 0 to 1 and how much each depth counts, a gradient out.

    It is that of how strongly the picture is seen at these depths, and as large as the picture.
    """
    picture, depths = Tensor("picture", "float32", ("height", "width", 3)), Tensor("depths", "float32", (len(DEPTHS),))
    return (picture, depths), (Tensor("gradient", "float32", ("height", "width", 3)),)


def features_signature(side: int, width: int) -> Signature:
    """Return the inputs and outputs of a feature network: squares of ``side`` pixels in, rows of unit length out.

    Things that look alike have rows whose product is near 1.
    """
    pictures = Tensor("pictures", "uint8", ("batch", side, side, 3))
    return (pictures,), (Tensor("features", "float32", ("batch", width)),)


def _latents(latent: int) -> Tensor:
    return Tensor("z", "float32", ("batch", latent))


def _pictures(size: int) -> Tensor:
    return Tensor("image", "uint8", ("batch", size, size, 3))
