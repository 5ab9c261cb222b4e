"""Metrics: what this process does, as figures for Prometheus; each is counted in a line where it happens.

No label holds a word, a name or a number of anybody's: there are few, and all of them are the code's own. Knows nothing
of who counts and who reads. Source: Prometheus, "Metric and label naming".
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest

CONTENT_TYPE = CONTENT_TYPE_LATEST

CONNECTED = Gauge("dantok_gateway_connected", "1 while Discord's gateway is there and the bot is ready, else 0.")
LATENCY = Gauge("dantok_gateway_latency_seconds", "From a heartbeat to its answer; NaN before the first.")
DISCONNECTS = Counter("dantok_gateway_disconnects", "Connections to Discord's gateway that ended.")
SERVERS = Gauge("dantok_servers", "Servers that the bot is on.")
BUNDLES_LOADED = Gauge("dantok_bundles_loaded", "Bundles in memory, where each server has its own.")
BUNDLE_BYTES = Gauge("dantok_bundle_bytes", "About how much memory these take.")

QUEUE = Gauge("dantok_queue", "Jobs that wait or run.", ["kind"])
GENERATIONS = Counter("dantok_generations", "Jobs of the models, by what became of them.", ["kind", "result"])
GENERATION_SECONDS = Histogram(
    "dantok_generation_seconds", "From the asking to the answer of the models, the waiting included.", ["kind"]
)
ENGINE_CALLS = Counter("dantok_engine_calls", "Calls of an inference engine, by what became of them.", ["result"])

ERRORS = Counter("dantok_errors", "Requests that did not get the answer they were for, by the kind of error.", ["kind"])

WISHES_DUE = Gauge("dantok_wishes_due", "Birthday wishes that are due and not sent yet.")
MESSAGES = Counter("dantok_birthday_messages", "Wishes and lists, by whether they were sent.", ["kind", "result"])

BUNDLES = Counter("dantok_bundle_changes", "Bundles that were found in the folder, by whether they serve.", ["result"])
BACKUPS = Counter("dantok_backups", "Backups that the bot made by itself, by whether they were written.", ["result"])
LAST_BACKUP = Gauge("dantok_last_backup_timestamp_seconds", "When the last of them was written.")


@contextmanager
def generation(kind: str) -> Iterator[None]:
    """Count a job of that kind; its result is ``done``, or the type of what it raises."""
    begun, result = time.monotonic(), "done"
    try:
        with QUEUE.labels(kind).track_inprogress():
            yield
    except BaseException as error:
        result = type(error).__name__
        raise
    finally:
        GENERATIONS.labels(kind, result).inc()
        GENERATION_SECONDS.labels(kind).observe(time.monotonic() - begun)


def exposition() -> bytes:
    """Return all of them in Prometheus' text format, with the memory and CPU time of the process where Linux tells."""
    return generate_latest()
