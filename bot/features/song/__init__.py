"""``/song``: a song of the room. The cog speaks Discord; the modules beside it are pure."""
