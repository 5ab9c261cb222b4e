"""Every error that ends a command of training in one sentence for the owner.

::

    TrainingError
    ├── ConfigError   a setting that cannot be; the command line calls it a wrong flag
    ├── RunError      a run folder that cannot be used
    ├── ChatError     a chat file that cannot be read or learnt from
    ├── CacheError    a file that cut words cannot be kept in
    ├── BaseVoiceError  a base voice, or texts for one, that cannot be used
    ├── FacesError    faces, labels or networks that cannot be used as was asked
    └── StyleError    pictures that no style can be learnt from

The message of each says what was found and what to do. :mod:`training.common.cli_errors` is the only place that shows
them. Knows nothing of what raises them.
"""


class TrainingError(Exception):
    """Whatever of training the owner can mend; the message is one sentence."""


class ConfigError(TrainingError):
    """A setting that cannot be; the message names the flag."""


class RunError(TrainingError):
    """A run folder that cannot be used."""


class ChatError(TrainingError):
    """A chat that cannot be used."""


class CacheError(TrainingError):
    """A file that cut words cannot be kept in."""


class BaseVoiceError(TrainingError):
    """A base voice that cannot be used, or texts that none can be learnt from."""


class FacesError(TrainingError):
    """What was asked for cannot be done with these faces."""


class StyleError(TrainingError):
    """Pictures that no style can be learnt from, or that cannot be painted."""
