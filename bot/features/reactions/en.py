"""English, about reactions."""

from bot.features.reactions.texts import ReactionTexts

TEXTS = ReactionTexts(
    commands={},
    what_is_kept="`/emoji`, `Which emoji?`, and what you say when you call me: I keep no note of it; the reaction "
    "stands on Discord alone. Of a server I keep only whether `/react-when-called` is on.",
    this_message="this message",
    given="This group would give it {emoji}, so I put that there.",
    told="This group would give it {emoji}",
    by_a_model="a model chose this",
    nothing_typed="There is nothing here to react to. Give me a sentence, for example `/emoji 오늘 시험 망했어 ㅠㅠ`.",
    nothing_in_message="There are no words in this message that I could react to. Choose one with text.",
    not_sure="I'm not sure enough which emoji this group would give to this, so I'd rather give none.",
    not_here="The model I use now has not learned reactions.",
    turned_on="From now on, when I am mentioned, when somebody replies to me with the ping on, or when I am written to "
    "in private, I react with the emoji that this group would give. If I'm not sure, I do nothing, and also after "
    "{most} reactions within a minute in one channel. `/react-when-called no` turns it off.",
    turned_off="From now on I don't react when I am called. `/emoji` works as before.",
)
