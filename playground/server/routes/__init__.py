"""The table of all REST routes.

Paths are those of Discord's OpenAPI description, so that a checker can look them up there. Knows nothing of HTTP: a
route takes a ``Call`` and returns JSON, or None for "no content".
"""

from playground.server.routes import account, channels, commands, guilds, scheduled_events, tokens

# The account's come first: "@me" is no user's id.
ROUTES = (*account.ROUTES, *guilds.ROUTES, *scheduled_events.ROUTES, *channels.ROUTES, *commands.ROUTES, *tokens.ROUTES)
