"""``/scene``: a short invented dialogue that knows its own context. The cog speaks Discord; ``request`` is pure."""
