"""Administration of a guild, over time: roles, who has them, what a channel allows, who comes and who goes.

Knows nothing of who asks for it; a bot hears of each as far as its intents allow.
"""

from playground.world import seed
from playground.world.errors import unknown
from playground.world.wire import JSON, timestamp
from playground.world.world import World


class GuildAdmin:
    """Changes the settings, roles and members of the first guild."""

    def __init__(self, world: World) -> None:
        self._world = world

    def role(self, role_id: str) -> JSON:
        """Return a role. Raises ApiError 10011."""
        for role in self._world.guild["roles"]:
            if role["id"] == role_id:
                result: JSON = role
                return result
        raise unknown("Role")

    def add_role(self, name: str, position: int, permissions: int = 0) -> JSON:
        """Add a role; those at ``position`` and above move up."""
        for other in self._world.guild["roles"]:
            other["position"] += other["position"] >= position
        role = seed.role(self._world.ids.new(), name, position, str(permissions))
        self._world.guild["roles"].append(role)
        self._tell("GUILD_ROLE_CREATE", {"role": role})
        return role

    def change_role(self, role_id: str, **changes: object) -> None:
        """Change a role's name, position or permissions."""
        role = self.role(role_id)
        role.update(changes)
        self._tell("GUILD_ROLE_UPDATE", {"role": role})

    def remove_role(self, role_id: str) -> None:
        """Remove a role from the server and from all who have it."""
        self._world.guild["roles"].remove(self.role(role_id))
        for user_id, member in self._world.members.items():
            if role_id in member["roles"]:
                self.take_role(user_id, role_id)
        self._tell("GUILD_ROLE_DELETE", {"role_id": role_id})

    def give_role(self, user_id: str, role_id: str) -> None:
        """Give a role to a member, once."""
        roles = self._world.member(user_id)["roles"]
        if role_id not in roles:
            roles.append(role_id)
            self._tell_member(user_id)

    def take_role(self, user_id: str, role_id: str) -> None:
        """Take a role from a member."""
        roles = self._world.member(user_id)["roles"]
        if role_id in roles:
            roles.remove(role_id)
            self._tell_member(user_id)

    def rule(self, channel_id: str, whom: str, *, deny: int = 0, allow: int = 0) -> None:
        """Set what a role or, if ``whom`` is a member's id, a member may and may not do in a channel."""
        channel = self._world.channel(channel_id)
        rules = [rule for rule in channel["permission_overwrites"] if rule["id"] != whom]
        kind = int(whom in self._world.members)
        channel["permission_overwrites"] = [
            *rules,
            {"id": whom, "type": kind, "allow": str(allow), "deny": str(deny)},
        ]
        self._world.publish("CHANNEL_UPDATE", channel)

    def remove_channel(self, channel_id: str) -> None:
        """Remove a channel with all that was said in it."""
        channel = self._world.channel(channel_id)
        del self._world.channels[channel_id]
        self._world.publish("CHANNEL_DELETE", channel)

    def leave(self, user_id: str) -> JSON:
        """Let a member go; return what :meth:`join` takes."""
        member = self._world.member(user_id)
        del self._world.members[user_id]
        self._tell("GUILD_MEMBER_REMOVE", {"user": member["user"]})
        return member

    def join(self, member: JSON) -> None:
        """Let somebody in, or in again, without the roles they had."""
        member |= {"roles": [], "joined_at": timestamp(self._world.clock())}
        self._world.members[member["user"]["id"]] = member
        self._tell("GUILD_MEMBER_ADD", member)

    def leave_guild(self, guild_id: str, user_id: str) -> None:
        """Let somebody go from one guild; where that is the bot, it hears of it."""
        self._world.set_membership(guild_id, user_id, is_in=False)
        if user_id == self._world.bot["id"]:
            self._world.publish("GUILD_DELETE", {"id": guild_id})

    def join_guild(self, guild_id: str, user_id: str) -> None:
        """Let somebody into one guild, or in again."""
        self._world.set_membership(guild_id, user_id, is_in=True)
        if user_id == self._world.bot["id"]:
            self._world.publish("GUILD_CREATE", self._world.guilds[guild_id])

    def _tell_member(self, user_id: str) -> None:
        self._tell("GUILD_MEMBER_UPDATE", self._world.member(user_id))

    def _tell(self, name: str, data: JSON) -> None:
        self._world.publish(name, data | {"guild_id": self._world.guild["id"]})
