"""English, about ``/fill``."""

from bot.features.fill.texts import FillTexts

TEXTS = FillTexts(
    commands={"temperature": "boldness", "seed": "number"},
    what_is_kept="`/fill`: I keep no note of what you type. It stands only in my answer on Discord and in the 🔁 "
    "under it; delete that message and it is gone.",
    temperature="boldness {temperature}",
    no_blank="There is no blank in that. Put two underscores or more where a word is missing: `/fill 오늘 ___ 먹자`.",
    only_blanks="There is nothing but blanks in that. Give me some words around them: `/fill 오늘 ___ 먹자`.",
    too_long="That is too long to fill. Use at most {limit} characters.",
    too_many="That has too many blanks. I can fill up to {limit} at a time.",
    nothing_fits="I found nothing to put there. Change the words around the blank a little and try again.",
    not_here="The model I use now cannot fill blanks.",
)
