"""How long a test waits for what comes at once where all is well."""

from bot.inference.worker import Worker, Workers

PATIENCE = 90.0
"""Seconds: only what is broken takes them, however busy the machine is."""


def patient_workers(queue_size: int = 64) -> Workers:
    """Return lanes like the bot's own by which nobody is told on a busy machine that many are asking."""
    given = {"patience": PATIENCE, "deferred_patience": PATIENCE, "limit": 3 * PATIENCE}
    return Workers(*(Worker(queue_size, kind=kind, **given) for kind in ("words", "pictures", "bundle")))
