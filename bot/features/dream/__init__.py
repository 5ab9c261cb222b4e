"""Dreams: ``/dream``, “Let it dream” in the context menu of messages, and what may be pressed under a dream."""
