"""The world: a guild, its people and rooms, the bot, everything that has been said; and more guilds on request.

Everything in it is Discord's own JSON. It tells its listeners what happens. Knows nothing of HTTP, sockets or the page.
"""

from collections.abc import Callable, Iterable

from playground.world import seed
from playground.world.attachments import Attachments
from playground.world.commands import CommandBook
from playground.world.errors import PlaygroundError, unknown
from playground.world.messages import Messages
from playground.world.wire import JSON, Clock, Snowflakes

Listener = Callable[[str, JSON], None]
EARLIER_GAP = 60.0


class World:
    """All state. ``base`` returns the URL under which files are served."""

    def __init__(self, clock: Clock, base: Callable[[], str], *, bot_name: str) -> None:
        self.clock = clock
        self.ids = Snowflakes(clock)
        self._listeners: list[Listener] = []
        people = [seed.user(self.ids, person.name, person.username, person.colour) for person in seed.PEOPLE]
        self.bot = seed.user(self.ids, bot_name, bot_name, 0x5865F2, bot=True)
        self.guild = seed.guild(self.ids, people[0]["id"])
        self.guilds: dict[str, JSON] = {self.guild["id"]: self.guild}
        self.members: dict[str, JSON] = {user["id"]: seed.member(user) for user in [*people, self.bot]}
        rooms = [seed.text_channel(self.ids, self.guild["id"], at, *room) for at, room in enumerate(seed.ROOMS)]
        self.channels: dict[str, JSON] = {room["id"]: room for room in rooms}
        self.guild["system_channel_id"] = rooms[0]["id"]
        self._give_the_bot_its_role(self.guild)
        self.events: dict[str, list[JSON]] = {}
        self._dms: dict[str, JSON] = {}
        self._absent: set[tuple[str, str]] = set()
        self.bot_online = False
        self.presence: JSON = {"status": "offline", "activities": []}
        self.messages = Messages(self.ids, clock, self.publish)
        self.attachments = Attachments(self.ids, base)
        self.commands = CommandBook(self.ids, self.bot["id"], self.publish)
        self._say_what_was_said_before()

    @property
    def me(self) -> JSON:
        """The user who drives the playground where nobody else is named: the first of the group."""
        user: JSON = next(iter(self.members.values()))["user"]
        return user

    def add_guild(self, name: str, people: Iterable[str] | None = None, *, with_bot: bool = True) -> JSON:
        """Add a guild with the same people in it, or those of these names, and one room; return the room.

        A bot that is connected learns of it at its next identify.
        """
        guild = seed.guild(self.ids, self.guild["owner_id"]) | {"name": name}
        self._give_the_bot_its_role(guild)
        room = seed.text_channel(self.ids, guild["id"], 0, name, "")
        self.guilds[guild["id"]] = guild
        self.channels[room["id"]] = room
        inside = self.members.keys() if people is None else {self.person_called(name)["id"] for name in people}
        for user_id in self.members.keys() - inside - {self.bot["id"]}:
            self.set_membership(guild["id"], user_id, is_in=False)
        self.set_membership(guild["id"], self.bot["id"], is_in=with_bot)
        return room

    def set_membership(self, guild_id: str, user_id: str, *, is_in: bool) -> None:
        """Let somebody be on a guild, or not."""
        (self._absent.discard if is_in else self._absent.add)((guild_id, user_id))

    def is_in(self, guild_id: str, user_id: str) -> bool:
        """Say whether somebody is on a guild."""
        return user_id in self.members and (guild_id, user_id) not in self._absent

    def people_of(self, guild: JSON) -> list[JSON]:
        """Return the members of a guild, bots too."""
        return [member for user_id, member in self.members.items() if self.is_in(guild["id"], user_id)]

    def has_bot(self, channel: JSON) -> bool:
        """Say whether the bot is where a channel is."""
        return "guild_id" not in channel or self.is_in(channel["guild_id"], self.bot["id"])

    def guilds_of(self, user_id: str) -> list[JSON]:
        """Return the guilds that somebody is on."""
        return [guild for guild in self.guilds.values() if self.is_in(guild["id"], user_id)]

    def add_thread(self, parent: JSON, name: str) -> JSON:
        """Begin a thread in a room; return it. The page shows none."""
        thread = seed.thread(self.ids, parent, self.me["id"], name, self.clock())
        self.channels[thread["id"]] = thread
        self.publish("THREAD_CREATE", thread | {"newly_created": True})
        return thread

    def rooms_of(self, guild: JSON) -> list[JSON]:
        """Return the channels of a guild, without the threads in them."""
        channels = self.channels.values()
        return [one for one in channels if one["guild_id"] == guild["id"] and one["type"] != seed.THREAD]

    def threads_of(self, guild: JSON) -> list[JSON]:
        """Return the threads of a guild."""
        channels = self.channels.values()
        return [one for one in channels if one["guild_id"] == guild["id"] and one["type"] == seed.THREAD]

    def guild_of(self, channel: JSON) -> JSON:
        """Return the guild that a guild channel is in."""
        guild: JSON = self.guilds[channel["guild_id"]]
        return guild

    def listen(self, listener: Listener) -> None:
        """Call ``listener(name, data)`` for everything that happens, by Discord's gateway name for it."""
        self._listeners.append(listener)

    def publish(self, name: str, data: JSON) -> None:
        """Tell all listeners that ``name`` happened."""
        for listener in self._listeners:
            listener(name, data)

    def member(self, user_id: str) -> JSON:
        """Return a member of the guild. Raises ApiError 10007."""
        try:
            return self.members[user_id]
        except KeyError:
            raise unknown("Member") from None

    def channel(self, channel_id: str) -> JSON:
        """Return a guild channel or a direct-message channel. Raises ApiError 10003."""
        channel = self.channels.get(channel_id)
        channel = channel or next((dm for dm in self._dms.values() if dm["id"] == channel_id), None)
        if channel is None:
            raise unknown("Channel")
        return channel

    def dm_with(self, user_id: str) -> JSON:
        """Return the direct-message channel between the bot and a person, made on first use."""
        if user_id not in self._dms:
            self._dms[user_id] = seed.dm_channel(self.ids, self.member(user_id)["user"])
        return self._dms[user_id]

    def users(self) -> list[JSON]:
        """Return every user of the guild, the bot among them."""
        return [member["user"] for member in self.members.values()]

    def may_enter(self, user_id: str, channel: JSON) -> bool:
        """Say whether ``user_id`` sees ``channel`` at all: who is on its guild, or its person and the bot."""
        if "guild_id" in channel:
            return self.is_in(channel["guild_id"], user_id)
        return user_id in (channel["recipients"][0]["id"], self.bot["id"])

    def person_called(self, name: str) -> JSON:
        """Return the user of that name, user name, mention or id; raise PlaygroundError if there is none."""
        wanted = name.strip("<@!> ")
        for member in self.members.values():
            user = member["user"]
            if _is_called(wanted, user["id"], user["global_name"], user["username"], member["nick"]):
                result: JSON = user
                return result
        raise PlaygroundError(f"nobody is called {name!r} here")

    def channel_called(self, name: str) -> JSON:
        """Return the guild channel of that name, mention or id; raise PlaygroundError if there is none."""
        wanted = name.strip("<#> ")
        for channel in self.channels.values():
            if _is_called(wanted, channel["id"], channel["name"]):
                return channel
        raise PlaygroundError(f"no channel is called {name!r} here")

    def role_called(self, name: str) -> JSON:
        """Return the role of that name, mention or id; raise PlaygroundError if there is none."""
        wanted = name.strip("<@&> ")
        for role in self.guild["roles"]:
            if _is_called(wanted, role["id"], role["name"].removeprefix("@")):
                result: JSON = role
                return result
        raise PlaygroundError(f"no role is called {name!r} here")

    def _give_the_bot_its_role(self, guild: JSON) -> None:
        """Add a role that everybody may be given and, above it, the one that comes with an invited bot."""
        own = seed.role(self.ids.new(), self.bot["username"], 2, seed.NEARLY_EVERYTHING, bot_id=self.bot["id"])
        guild["roles"] += [seed.role(self.ids.new(), seed.ROLE_OF_THE_DAY, 1, "0"), own]
        self.members[self.bot["id"]]["roles"].append(own["id"])

    def _say_what_was_said_before(self) -> None:
        rooms = {channel["name"]: channel for channel in self.channels.values()}
        for index, (room, name, content) in enumerate(seed.EARLIER):
            ago = EARLIER_GAP * (len(seed.EARLIER) - index)
            self.messages.post(rooms[room], self.person_called(name), {"content": content}, ago=ago)


def _is_called(wanted: str, *names: str | None) -> bool:
    return any(name is not None and name.lower() == wanted.lower() for name in names)
