"""English."""

from bot.i18n.birthday_english import BIRTHDAYS
from bot.i18n.face_english import FACES
from bot.i18n.texts import Texts

ENGLISH = Texts(
    commands={},
    by_a_model="a model wrote this",
    never_seen="never heard before: {words}",
    temperature="temperature {temperature}",
    nothing_typed="There is nothing to see in what you typed. Give me a word, for example `/say 윤혜 5`.",
    too_long="That is too long to go on from. Give me at most {limit} characters.",
    out_of_range="{name} goes from {low} to {high}.",
    busy="Too many are asking at once. Try again in a moment.",
    failed="Something went wrong on my side. If it stays so, tell the owner this number: `{reference}`",
    about="**Dantok {version}** goes on from a word in this group's own voice. A model makes up every sentence; "
    "nobody said it. Running on {provider}.",
    about_made="How the model was made",
    about_privacy="It reads no messages here, learns nothing from this chat, and keeps nothing "
    "that you type but the birthday you give it; `/birthday remove` takes it back.",
    birthday=BIRTHDAYS,
    face=FACES,
)
