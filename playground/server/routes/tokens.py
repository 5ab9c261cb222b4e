"""Interaction tokens and what they open: the first answer, and the messages after it.

Knows nothing of HTTP.
"""

from playground.server.routes.call import Call, Reply, Route

CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"
WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"


def respond(call: Call) -> Reply:
    """Take the first answer to an interaction."""
    interaction = call.interactions.unanswered(call.path["interaction_id"], call.path["interaction_token"])
    callback = call.answers.respond(interaction, call.body, call.files)
    return callback if call.flag("with_response") else None


def follow_up(call: Call) -> Reply:
    """Send another message for an interaction."""
    return call.answers.follow_up(call.interactions.by_token(call.path["webhook_token"]), call.body, call.files)


def get_webhook_message(call: Call) -> Reply:
    """Return an answer or a follow-up."""
    interaction = call.interactions.by_token(call.path["webhook_token"])
    return call.answers.message_of(interaction, call.path["message_id"])


def edit_webhook_message(call: Call) -> Reply:
    """Change an answer or a follow-up."""
    interaction = call.interactions.by_token(call.path["webhook_token"])
    message = call.answers.message_of(interaction, call.path["message_id"])
    return call.answers.edit(interaction, message, call.body, call.files)


def delete_webhook_message(call: Call) -> Reply:
    """Take an answer or a follow-up away."""
    interaction = call.interactions.by_token(call.path["webhook_token"])
    call.answers.delete(interaction, call.answers.message_of(interaction, call.path["message_id"]))
    return None


ROUTES = (
    Route("POST", CALLBACK, respond, open=True),
    Route("POST", WEBHOOK, follow_up, open=True),
    # "@original" is one of the ids here.
    Route("GET", WEBHOOK + "/messages/{message_id}", get_webhook_message, open=True),
    Route("PATCH", WEBHOOK + "/messages/{message_id}", edit_webhook_message, open=True),
    Route("DELETE", WEBHOOK + "/messages/{message_id}", delete_webhook_message, open=True),
)
