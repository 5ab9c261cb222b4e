"""English, about answers."""

from bot.features.reply.texts import ReplyTexts

TEXTS = ReplyTexts(
    commands={},
    what_is_kept="`/reply`, `Answer in our voice`, and what you say when you call me: I keep no note of it. It stands "
    "only in my answer on Discord and in the 🔁 under it; delete that message and it is gone. Of a server I keep only "
    "whether `/when-called` is on.",
    this_message="this message",
    nothing_typed="There are no words here to answer. Give me a sentence, for example `/reply 오늘 뭐 먹지`.",
    nothing_in_message="There are no words in this message that I could answer. Choose one with text.",
    no_answer="I can't think of an answer to this. Put it in other words and ask again.",
    turned_on="From now on I answer when I am mentioned, when somebody replies to me with the ping on, and when I am "
    "written to in private. If I can't think of a good answer, I stay silent. `/when-called no` turns it off.",
    turned_off="From now on I don't answer when I am called. `/reply` works as before.",
)
