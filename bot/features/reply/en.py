"""English, about answers."""

from bot.features.reply.texts import ReplyTexts

TEXTS = ReplyTexts(
    commands={},
    what_is_kept="`/reply`, `Answer in our voice`, and what you say when you call me: I keep no note of it. It stands "
    "only in my answer on Discord and in the 🔁 under it; delete that message and it is gone. Of a server I keep only "
    "whether `/when-called` is on.",
    what_is_read="`/chime-in`: the owner lets Discord send me the words of all messages in channels that I can see. I "
    "look at those where a manager has turned it on, to see whether I have something to say, and keep none of them; of "
    "a channel I keep only that it is on.",
    this_message="this message",
    nothing_typed="There are no words here to answer. Give me a sentence, for example `/reply 영화 볼 사람`.",
    nothing_in_message="There are no words in this message that I could answer. Choose one with text.",
    no_answer="I can't think of an answer to this. Put it in other words and ask again.",
    turned_on="From now on I answer when I am mentioned, when somebody replies to me with the ping on, and when I am "
    "written to in private. If I can't think of a good answer, I stay silent, and also after {most} answers within a "
    "minute in one channel. `/when-called no` turns it off.",
    turned_off="From now on I don't answer when I am called. `/reply` works as before.",
    unasked_on="From now on I say something here now and then, even if nobody asks: a line that several of you use, "
    "only where I am sure that it fits, at most {most} an hour, not from {first} to {last} o'clock ({zone}), and not "
    "while messages fly. For that I read the messages here, and keep none of them. `/chime-in no` turns it off.",
    unasked_off="From now on I say nothing here unless I am asked.",
    never_sure="So far I have not learned which answer fits what, so I stay silent until the owner's next training.",
)
