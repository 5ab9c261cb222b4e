"""Birthdays, never missed and never twice: a thin cog, the store's repositories, and pure modules beside them."""
