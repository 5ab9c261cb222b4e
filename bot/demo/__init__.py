"""The demo: the bot in a local Discord on this machine. Knows nothing of how the local Discord works."""
