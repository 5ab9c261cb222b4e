"""``/face``: the thin cog, and pure modules beside it."""
