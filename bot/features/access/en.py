"""English, about ``/group`` and ``/invitation``."""

from bot.features.access.texts import AccessTexts

TEXTS = AccessTexts(
    commands={},
    what_is_kept="`/group`: which of your groups you chose. Choose another one, or `/privacy forget` deletes it.",
    choose="Whose voice do you want to hear in private messages?",
    only_one="You are in one group here: you hear **{server}**.",
    chosen="From now on you hear **{server}** in private messages.",
    unnamed="server {id}",
    welcome="Welcome! This server is served from now on. `/about` says what I can do.",
    served_already="This server is served already; the code was not used.",
    no_such_code="This code is not good: it was mistyped, used up, or is too old. Ask whoever runs me for another one.",
)
