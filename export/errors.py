"""Errors of an export."""


class ExportError(Exception):
    """The run cannot become a bundle; the message is one sentence for the owner."""
