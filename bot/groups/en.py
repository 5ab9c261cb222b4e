"""English, about groups."""

from bot.groups.texts import GroupTexts

TEXTS = GroupTexts(
    stands_in="an invented group's voice, not this one's",
    no_voice="This server has no voice of its own here yet: ask whoever runs me to add one.",
    no_voice_of_yours="No group that you are in has a voice here: use me on your group's server.",
    cannot_open="This group's voice cannot be opened at the moment; whoever runs me is told.",
    choose_first="You are in several groups here: choose whose voice you hear with `/group`.",
    not_served="This server is not served yet: somebody with Manage Server can enter an invitation from whoever runs "
    "me with `/invitation`.",
    not_served_in_private="Here I talk only with members of the servers that I serve.",
)
