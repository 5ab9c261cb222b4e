"""What has to be installed before something can be learnt. Knows nothing of what is learnt."""

from importlib.util import find_spec

from owner.errors import StepError

_NEEDED = ("torch", "lightning", "konlpy", "regex", "ijson", "onnxscript")
"""Of the extra "train", what reads, learns and exports."""


def require_training() -> None:
    """Refuse to go on where what learns is not installed.

    Raises:
        StepError: it is not; the sentence says how to install it.
    """
    if missing := [name for name in _NEEDED if find_spec(name) is None]:
        raise StepError("no_training", missing=", ".join(missing))
