"""The only list of features. Not in the package itself: a part of one feature is imported without all the others."""

from collections.abc import Sequence

import discord
from discord.ext import commands

from bot.features.about.feature import AboutFeature
from bot.features.access.feature import AccessFeature
from bot.features.birthday.feature import BirthdayFeature
from bot.features.blocklist.feature import BlocklistFeature
from bot.features.dream.feature import DreamFeature
from bot.features.face.feature import FaceFeature
from bot.features.feature import Feature, FeatureClient, Services
from bot.features.fill.feature import FillFeature
from bot.features.privacy.feature import PrivacyFeature
from bot.features.pulse.feature import PulseFeature
from bot.features.reactions.feature import ReactionsFeature
from bot.features.reply.feature import ReplyFeature
from bot.features.say.feature import SayFeature
from bot.features.scene.feature import SceneFeature
from bot.features.song.feature import SongFeature
from bot.features.style.feature import StyleFeature
from bot.features.teach.feature import TeachFeature
from bot.groups.group import NoGroups
from bot.inference.worker import Workers
from bot.store.store import Store

FEATURES: tuple[type[Feature], ...] = (
    SayFeature,
    ReplyFeature,
    FillFeature,
    AboutFeature,
    FaceFeature,
    SceneFeature,
    SongFeature,
    StyleFeature,
    DreamFeature,
    TeachFeature,
    ReactionsFeature,
    PulseFeature,
    BirthdayFeature,
    BlocklistFeature,
    PrivacyFeature,
    AccessFeature,
)


def features_of(store: Store) -> Sequence[Feature]:
    """Return every feature as far as it keeps something in a store, where no bot runs: to export and to forget."""
    client = FeatureClient(commands.when_mentioned, intents=discord.Intents.none())
    services = Services(NoGroups(), Workers.of(1), store)
    return [feature(client, services) for feature in FEATURES]
