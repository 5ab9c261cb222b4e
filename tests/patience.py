"""How long a test waits for what comes at once where all is well."""

PATIENCE = 90.0
"""Seconds: only what is broken takes them, however busy the machine is."""
