"""English, about ``/song``."""

from bot.features.song.texts import SongTexts

TEXTS = SongTexts(
    commands={"seed": "number"},
    what_is_kept="`/song`: I keep no note of the word you give me. It stands only in the song on Discord; delete that "
    "message and it is gone.",
    another_verse="another verse",
    nothing_typed="There is nothing visible in what you typed. Give me a word to sing about, for example `/song 라면`.",
    too_long="That is too long for a refrain. Use at most {limit} characters.",
    nothing_comes="No song comes to me about that. Try another word.",
    no_verse_comes="No further verse comes to me. Ask for a new song with `/song`.",
    is_full="That song is long enough. Ask for a new one with `/song`.",
    not_here="The model I use now cannot write songs.",
)
