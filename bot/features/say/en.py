"""English, about ``/say``."""

from bot.features.say.texts import SayTexts

TEXTS = SayTexts(
    commands={"temperature": "boldness", "seed": "number"},
    what_is_kept="`/say`: I keep no note of what you type. It stands only in my answer on Discord and in the 🔁 "
    "under it; delete that message and it is gone.",
    read_as="“{word}” and {n} more (the last number is n)",
    never_seen="words I've never seen: {words}",
    temperature="boldness {temperature}",
    as_member="imitating {member}",
    can_imitate="`/say` with `as` imitates members who agreed to it: {names}. If you no longer want that, use "
    "`/privacy forget` and tell the owner: it ends when the owner trains me again.",
    nothing_typed="There is nothing visible in what you typed. Give me a word, for example `/say 윤혜 5`.",
    too_long="That is too long to continue. Use at most {limit} characters.",
    no_members="The model I use now has not learned to sound like one member. Leave out `as` and try again.",
    no_such_member="I have not learned to sound like that person. I can do: {names}",
    out_of_range="{name} goes from {low} to {high}.",
)
