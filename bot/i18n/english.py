"""English."""

from bot.i18n.birthday_english import BIRTHDAYS
from bot.i18n.face_english import FACES
from bot.i18n.texts import Texts

ENGLISH = Texts(
    commands={},
    by_a_model="a model wrote this",
    read_as="“{word}” and {n} more (the last number is n)",
    never_seen="words I've never seen: {words}",
    temperature="temperature {temperature}",
    nothing_typed="There is nothing visible in what you typed. Give me a word, for example `/say 윤혜 5`.",
    too_long="That is too long to continue. Use at most {limit} characters.",
    out_of_range="{name} goes from {low} to {high}.",
    busy="I am getting too many requests right now. Try again in a moment.",
    slow="That took too long this time, so I stopped waiting for it. Try again in a moment.",
    failed="Something went wrong on my side. If it keeps happening, give the owner this number: `{reference}`",
    undelivered="My answer did not get through. What you asked for may be done, so have a look first.",
    unknown_button="That button is too old, or not mine. Use the command again.",
    unknown_command="That command has changed since. Reload Discord and try again.",
    about="**Dantok {version}** continues a word the way this group talks. A model makes up every sentence; "
    "nobody said it. Running on {provider}.",
    about_made="How the model was made",
    about_privacy="I read no messages here, learn nothing from this chat, and keep nothing you type "
    "except the birthday you tell me; `/birthday remove` deletes it.",
    birthday=BIRTHDAYS,
    face=FACES,
)
