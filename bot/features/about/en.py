"""English, about ``/about``."""

from bot.features.about.texts import AboutTexts

TEXTS = AboutTexts(
    commands={},
    what_is_kept="`/about`: nothing is kept.",
    about="I'm **Dantok**, the voice of this chat: I talk the way you all do. "
    "An AI model makes up every sentence, or picks one that several of you say; it repeats no single person's.",
    pitches={
        "say": "💬 `/say 윤혜 5` goes on from a word the way this group talks",
        "photo": "😊 `/face smile` makes the face in a photo smile, or draws somebody who doesn't exist",
        "face": "😊 `/face smile` draws somebody who doesn't exist, and makes them smile",
        "birthday": "🎂 `/birthday set 3/5` and I congratulate you on the day, in this group's voice",
        "reply": "↩️ `/reply` answers what you write, the way this group would",
    },
    privacy="I learn nothing from this chat and keep none of its words, but what you tell or teach me yourselves "
    "and the words of mine that you never want to hear again. `/privacy` shows it all, gives it to you, or deletes it.",
    reads="Where a manager has turned on `/chime-in`, I read the messages to see whether I have something to say.",
    demo="Dantok is a Discord bot that learns how a group of friends talk from their chat, and goes on from any word "
    "the way they would. These friends are invented, and the real bot runs on this machine alone: try anything.",
    listen="This bot has learnt how your group talks, and runs on this machine alone; the friends around it are "
    "invented. Begin with words that you often say: {words}",
    show_made="How I was made",
    made="**Dantok {version}**",
    words_learnt="💬 I learned to talk from {messages} messages of this group's old chats, {when}",
    words_base="📚 Before that I learned Korean from public reviews and questions (CC0, MIT)",
    faces_learnt="😊 I learned to draw faces from photos, {when}",
    faces_drawn="😊 I learned to draw faces from drawn ones, {when}",
    credits="📷 Photos: {photos}",
    more_made="The owner finds the rest with `python -m bot check`",
)
