"""English, about ``/scene``."""

from bot.features.scene.texts import SceneTexts

TEXTS = SceneTexts(
    commands={"temperature": "boldness", "seed": "number"},
    what_is_kept="`/scene`: I keep no note of what you type. It stands only in my answer on Discord and in the buttons "
    "under it; delete that message and it is gone.",
    nobody="A, B and C are not real people",
    never_seen="words I've never seen: {words}",
    temperature="boldness {temperature}",
    go_on="Go on",
    nothing_typed="There is nothing visible in what you typed. Give me a word, for example `/scene 배고파 5`.",
    too_long="That is too long to begin a scene. Use at most {limit} characters.",
    nothing_comes="Nothing came of that that I may say. Begin with another word and try again.",
    nothing_further="I found nothing more to say here. Try a new scene with 🔁.",
    not_here="The model I use now cannot invent scenes.",
)
