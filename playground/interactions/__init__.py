"""Interactions: what a person does, what the bot is told of it, and what the bot answers. Knows nothing of HTTP."""
