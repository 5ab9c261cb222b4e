"""The bot's account: who it is, and where the gateway is.

Knows nothing of HTTP.
"""

from playground.server.routes.call import Call, Reply, Route


def me(call: Call) -> Reply:
    """Return the bot's own user."""
    return call.world.bot | {"mfa_enabled": False, "locale": "ko", "verified": True, "email": None}


def application(call: Call) -> Reply:
    """Return the bot's application."""
    world = call.world
    return {
        "id": world.bot["id"],
        "name": world.bot["username"],
        "icon": None,
        "description": "",
        "type": None,
        "bot": world.bot,
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "flags_new": "0",
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": world.me,
        "approximate_guild_count": len(call.world.guilds),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": None,
        "eligible_oauth2_scopes": [],
    }


def gateway(call: Call) -> Reply:
    """Return where the gateway is."""
    return {"url": call.gateway_url}


def gateway_bot(call: Call) -> Reply:
    """Return where the gateway is, and how many sessions may start."""
    limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
    return {"url": call.gateway_url, "shards": 1, "session_start_limit": limit}


def my_guilds(call: Call) -> Reply:
    """Return the guilds that the bot is in."""
    return [
        {key: guild[key] for key in ("id", "name", "icon", "banner", "features")}
        | {"owner": False, "permissions": guild["roles"][0]["permissions"]}
        for guild in call.world.guilds_of(call.world.bot["id"])
    ]


def my_dm(call: Call) -> Reply:
    """Return the direct-message channel with a person."""
    return call.world.dm_with(str(call.body.get("recipient_id")))


ROUTES = (
    Route("GET", "/users/@me", me),
    Route("GET", "/users/@me/guilds", my_guilds),
    Route("POST", "/users/@me/channels", my_dm),
    Route("GET", "/applications/@me", application),
    Route("GET", "/oauth2/applications/@me", application),
    Route("GET", "/gateway", gateway, open=True),
    Route("GET", "/gateway/bot", gateway_bot),
)
