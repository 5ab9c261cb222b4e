"""Seed data: the invented friends' server, who is in it and which rooms it has. All of it is made up.

Knows nothing of messages, commands or connections.
"""

from dataclasses import dataclass

from playground.world.wire import JSON, Snowflakes, timestamp

THREAD = 11
GUILD_NAME = "우리끼리 단톡방"
JOINED = 1_735_689_600.0
EVERYTHING = str((1 << 50) - 1)
# Administrators are above what a channel forbids; without that one permission, its own rules can be tried.
NEARLY_EVERYTHING = str((1 << 50) - 1 & ~(1 << 3))
ROLE_OF_THE_DAY = "오늘의 주인공"


@dataclass(frozen=True, slots=True)
class Person:
    """One invented friend; ``colour`` is 0xRRGGBB."""

    name: str
    username: str
    colour: int


PEOPLE = (
    Person("윤혜", "yunhye", 0xF47FB0),
    Person("정훈", "jeonghun", 0x5B8DEF),
    Person("다빈", "dabin", 0xF2A541),
    Person("현지", "hyunji", 0x9B7BEA),
    Person("민서", "minseo", 0x3DBE9B),
    Person("태오", "taeo", 0xE86A5C),
    Person("서진", "seojin", 0x4FB6D8),
    Person("하람", "haram", 0x8DBF4A),
    Person("은결", "eungyeol", 0xC58A63),
)

ROOMS = (
    ("일상", "아무 말이나 하는 곳"),
    ("맛집", "먹은 것과 먹을 것"),
    ("시험기간", "다 같이 우는 곳"),
    ("여행계획", "말만 나온 지 3년째"),
    ("생일", "아홉 명이니까 금방 돌아온다"),
)

# Who said what before the page was opened: (room, person, words).
EARLIER = (
    ("일상", "다빈", "점심 뭐 먹지"),
    ("일상", "태오", "어제도 그 말 했잖아 ㅋㅋㅋㅋ"),
    ("일상", "민서", "오늘은 진짜 정하자"),
    ("맛집", "서진", "역 앞에 새로 생긴 국밥집 가 본 사람?"),
    ("맛집", "하람", "줄이 너무 길어서 김밥 먹고 왔어"),
    ("시험기간", "현지", "도서관 자리 하나 남았다 빨리 와"),
    ("여행계획", "은결", "이번에는 진짜 바다 간다"),
    ("여행계획", "정훈", "작년에도 그랬어"),
)


def user(ids: Snowflakes, name: str, username: str, colour: int, *, bot: bool = False) -> JSON:
    """Return a new user object without a picture: the page draws colour and initial."""
    return {
        "id": ids.new(),
        "username": username,
        "global_name": None if bot else name,
        "discriminator": "0000" if bot else "0",
        "avatar": None,
        "banner": None,
        "accent_color": colour,
        "bot": bot,
        "public_flags": 0,
        "flags": 0,
        "primary_guild": None,
    }


def member(user: JSON, *, nick: str | None = None) -> JSON:
    """Return the guild member object of ``user``."""
    return {
        "user": user,
        "nick": nick,
        "avatar": None,
        "banner": None,
        "roles": [],
        "joined_at": timestamp(JOINED),
        "premium_since": None,
        "communication_disabled_until": None,
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
    }


def guild(ids: Snowflakes, owner_id: str) -> JSON:
    """Return the guild object, without channels and members."""
    guild_id = ids.new()
    return {
        "id": guild_id,
        "name": GUILD_NAME,
        "owner_id": owner_id,
        "preferred_locale": "ko",
        "description": "아홉 명의 지어낸 친구들",
        "icon": None,
        "home_header": None,
        "splash": None,
        "discovery_splash": None,
        "banner": None,
        "roles": [everyone(guild_id)],
        "emojis": [],
        "stickers": [],
        "features": [],
        "region": "south-korea",
        "application_id": None,
        "afk_channel_id": None,
        "afk_timeout": 300,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "widget_enabled": False,
        "widget_channel_id": None,
        "rules_channel_id": None,
        "safety_alerts_channel_id": None,
        "public_updates_channel_id": None,
        "verification_level": 0,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "max_presences": None,
        "max_members": 500,
        "max_video_channel_users": 25,
        "max_stage_video_channel_users": 50,
        "vanity_url_code": None,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "premium_progress_bar_enabled": False,
        "premium_progress_bar_enabled_user_updated_at": None,
        "nsfw": False,
        "nsfw_level": 0,
        "incidents_data": None,
        "inventory_settings": None,
    }


def everyone(guild_id: str) -> JSON:
    """Return the role that everybody has; it may do everything, so nothing here fails for want of a permission."""
    return role(guild_id, "@everyone", 0, NEARLY_EVERYTHING)


def role(role_id: str, name: str, position: int, permissions: str, *, bot_id: str | None = None) -> JSON:
    """Return a role; that of the bot ``bot_id`` if one is given, which nobody else can be given."""
    own: JSON = {} if bot_id is None else {"tags": {"bot_id": bot_id}}
    return {
        "id": role_id,
        "name": name,
        "description": None,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "icon": None,
        "unicode_emoji": None,
        "position": position,
        "permissions": permissions,
        "managed": bot_id is not None,
        "mentionable": False,
        "flags": 0,
    } | own


def text_channel(ids: Snowflakes, guild_id: str, position: int, name: str, topic: str) -> JSON:
    """Return a text channel of the guild."""
    return {
        "id": ids.new(),
        "type": 0,
        "guild_id": guild_id,
        "name": name,
        "topic": topic,
        "position": position,
        "parent_id": None,
        "nsfw": False,
        "rate_limit_per_user": 0,
        "last_message_id": None,
        "last_pin_timestamp": None,
        "permission_overwrites": [],
        "flags": 0,
    }


def thread(ids: Snowflakes, parent: JSON, owner_id: str, name: str, now: float) -> JSON:
    """Return a public thread in the text channel ``parent``, in which the bot is."""
    since = timestamp(now)
    return {
        "id": ids.new(),
        "type": THREAD,
        "guild_id": parent["guild_id"],
        "parent_id": parent["id"],
        "owner_id": owner_id,
        "name": name,
        "last_message_id": None,
        "rate_limit_per_user": 0,
        "message_count": 0,
        "member_count": 1,
        "thread_metadata": {
            "archived": False,
            "auto_archive_duration": 1440,
            "archive_timestamp": since,
            "create_timestamp": since,
            "locked": False,
        },
        "permission_overwrites": [],
        "flags": 0,
    }


def dm_channel(ids: Snowflakes, recipient: JSON) -> JSON:
    """Return the direct-message channel between the bot and ``recipient``, as the bot sees it."""
    return {
        "id": ids.new(),
        "type": 1,
        "last_message_id": None,
        "last_pin_timestamp": None,
        "flags": 0,
        "recipients": [recipient],
    }
