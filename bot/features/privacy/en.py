"""English, about ``/privacy``."""

from bot.features.privacy.texts import PrivacyTexts

TEXTS = PrivacyTexts(
    commands={},
    what_is_kept="`/privacy`: the ID of whoever had everything deleted, and when, so that the next training leaves "
    "their words out.",
    heading="What I keep",
    of_the_model="I learned to talk from old chats that the owner gave me. To be left out of them, use "
    "`/privacy forget`. `/privacy export` gives you what I keep.",
    more_at="What a model can remember: <{url}>",
    ask_the_owner="What a model can remember is written down: ask the owner for it.",
    exported="This is everything I have about you.",
    nothing_kept="I keep nothing about you.",
    ask="Delete everything I keep about you, on every server and in private messages? This cannot be undone.\n"
    "It also leaves word that your messages are to be left out of future training.",
    forget="Delete everything",
    keep="Keep it",
    forgotten="It is all deleted. Your ID stays, with the word that the next training must leave you out, "
    "and the owner can see it.\n"
    "In the owner's backups it goes as they grow old, usually within four weeks. "
    "What the model has learned already stays in it until the owner trains it again.",
    some_left="The record of a wish that is being sent right now is still there. Delete once more in a little while.",
    unchanged="Nothing was changed.",
    withdrawals="{count} asked to be left out of training. Their Discord IDs, and when:",
    no_withdrawals="Nobody has asked to be left out of training.",
)
