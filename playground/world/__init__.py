"""The state of a small Discord and its rules: guilds, members, channels, messages, commands. Knows nothing of HTTP."""
