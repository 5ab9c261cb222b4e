"""``/style``: a photo as a painting; the thin cog, and pure modules beside it."""
