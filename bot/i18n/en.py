"""English, for whatever is answered."""

from bot.i18n.texts import CoreTexts

TEXTS = CoreTexts(
    by_a_model="a model wrote this",
    picked_by_a_model="a model picked this from what several people here say",
    busy="I am getting too many requests right now. Try again in a moment.",
    slow="That took too long this time, so I stopped waiting for it. Try again in a moment.",
    failed="Something went wrong on my side. If it keeps happening, give the owner this number: `{reference}`",
    undelivered="My answer did not get through. What you asked for may be done, so have a look first.",
    unknown_button="That button is too old, or not mine. Use the command again.",
    unknown_command="That command has changed since. Reload Discord and try again.",
    managers_only="Only people with Manage Server can do this.",
)
