"""The messages of every channel: post, edit, delete, list, and who may see which.

Knows nothing of who asked for it or how the news is carried. Source: Discord's reference, "Message Object".
"""

from collections.abc import Callable

from playground.world.errors import unknown
from playground.world.wire import JSON, Clock, Snowflakes, timestamp

EPHEMERAL, LOADING = 1 << 6, 1 << 7
REPLY = 19
KEPT = 1000
NONCE_SECONDS = 300.0
Publish = Callable[[str, JSON], None]


class Messages:
    """All messages, by channel, oldest first. The newest 1,000 of a channel are kept."""

    def __init__(self, ids: Snowflakes, clock: Clock, publish: Publish) -> None:
        self._ids = ids
        self._clock = clock
        self._publish = publish
        self._channels: dict[str, dict[str, JSON]] = {}
        self._nonces: dict[tuple[str, str, str], tuple[float, JSON]] = {}

    def post(self, channel: JSON, author: JSON, fields: JSON, *, ago: float = 0.0) -> JSON:
        """Add a message with ``fields`` (content, embeds …) and tell everybody; ``ago`` seconds in the past."""
        message = _blank(self._ids.new(ago=ago), channel["id"], author, timestamp(self._clock() - ago)) | fields
        messages = self._channels.setdefault(channel["id"], {})
        messages[message["id"]] = message
        if len(messages) > KEPT:
            del messages[next(iter(messages))]
        channel["last_message_id"] = message["id"]
        self._publish("MESSAGE_CREATE", message)
        return message

    def post_once(self, channel: JSON, author: JSON, fields: JSON, nonce: str) -> JSON:
        """Like ``post``, but return the earlier message if ``author`` sent one with ``nonce`` in the last minutes."""
        key, now = (channel["id"], author["id"], nonce), self._clock()
        self._nonces = {old: (at, sent) for old, (at, sent) in self._nonces.items() if now - at < NONCE_SECONDS}
        if key not in self._nonces:
            self._nonces[key] = (now, self.post(channel, author, fields))
        return self._nonces[key][1]

    def edit(self, message: JSON, changes: JSON, *, silent: bool = False) -> JSON:
        """Change ``message`` in place; ``silent`` when it is the first text after "thinking…", which is no edit."""
        message.update(changes)
        if not silent:
            message["edited_timestamp"] = timestamp(self._clock())
        self._publish("MESSAGE_UPDATE", message)
        return message

    def reacted(self, message: JSON, user: JSON, emoji: str) -> None:
        """Tell everybody that somebody reacted to ``message``."""
        event = {"user_id": user["id"], "message_author_id": message["author"]["id"], "type": 0, "burst": False}
        event |= {"message_id": message["id"], "channel_id": message["channel_id"]}
        self._publish("MESSAGE_REACTION_ADD", event | {"emoji": {"id": None, "name": emoji}})

    def delete(self, message: JSON) -> None:
        """Take ``message`` away and tell everybody."""
        self._channels[message["channel_id"]].pop(message["id"], None)
        self._publish("MESSAGE_DELETE", message)

    def get(self, channel_id: str, message_id: str) -> JSON:
        """Return one message. Raises ApiError 10008 if there is none."""
        try:
            return self._channels[channel_id][message_id]
        except KeyError:
            raise unknown("Message") from None

    def find(self, message_id: str) -> JSON:
        """Return the message of that id in any channel. Raises ApiError 10008 if there is none."""
        for messages in self._channels.values():
            if message_id in messages:
                return messages[message_id]
        raise unknown("Message")

    def seen_by(self, user_id: str, channel_id: str) -> list[JSON]:
        """Return what ``user_id`` sees in a channel, oldest first."""
        return [message for message in self._channels.get(channel_id, {}).values() if sees(user_id, message)]


def sees(user_id: str, message: JSON) -> bool:
    """Say whether ``user_id`` sees ``message``: an ephemeral one is for the person who asked alone."""
    return not message["flags"] & EPHEMERAL or bool(message["interaction_metadata"]["user"]["id"] == user_id)


def reference_to(message: JSON) -> JSON:
    """Return the fields of a message that replies to ``message``."""
    place = {"channel_id": message["channel_id"], "message_id": message["id"], "type": 0}
    return {"type": REPLY, "message_reference": place, "referenced_message": message}


def _blank(message_id: str, channel_id: str, author: JSON, when: str) -> JSON:
    return {
        "id": message_id,
        "type": 0,
        "channel_id": channel_id,
        "author": author,
        "content": "",
        "timestamp": when,
        "edited_timestamp": None,
        "tts": False,
        "pinned": False,
        "flags": 0,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "components": [],
    }
