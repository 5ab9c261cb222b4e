"""Korean."""

from tests.bot.features.echo.texts import EchoTexts

TEXTS = EchoTexts(
    commands={"echo": "메아리", "Say it again": "다시 말해요", "word": "단어", "What to say": "할 말"},
    what_is_kept="`/메아리`: 아무것도 적어 두지 않아요.",
    echo="{word}! {word}!",
    nothing="할 말이 없어요.",
)
