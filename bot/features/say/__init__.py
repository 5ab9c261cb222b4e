"""``/say``: go on from a word. The cog speaks Discord; the modules beside it are pure."""
