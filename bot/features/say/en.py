"""English, about ``/say``."""

from bot.features.say.texts import SayTexts

TEXTS = SayTexts(
    commands={},
    read_as="“{word}” and {n} more (the last number is n)",
    never_seen="words I've never seen: {words}",
    temperature="temperature {temperature}",
    nothing_typed="There is nothing visible in what you typed. Give me a word, for example `/say 윤혜 5`.",
    too_long="That is too long to continue. Use at most {limit} characters.",
    out_of_range="{name} goes from {low} to {high}.",
)
