"""``/pulse``: when the room will be lively, and its year in counts. The cog speaks Discord, the rest does not."""
