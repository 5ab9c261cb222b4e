"""English, about ``/about``."""

from bot.features.about.texts import AboutTexts

TEXTS = AboutTexts(
    commands={},
    what_is_kept="`/about`: nothing is kept.",
    about="**Dantok {version}** continues a word the way this group talks. A model makes up every sentence; "
    "nobody said it. Running on {provider}.",
    made="How the model was made",
    privacy="I read no messages here, learn nothing from this chat, and keep nothing you type "
    "except the birthday you tell me and the words of mine that you never want to hear again. "
    "`/privacy` shows it all, gives it to you, or deletes it.",
)
