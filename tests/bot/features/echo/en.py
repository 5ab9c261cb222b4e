"""English."""

from tests.bot.features.echo.texts import EchoTexts

TEXTS = EchoTexts(
    commands={}, what_is_kept="`/echo`: nothing is kept.", echo="{word}, {word}…", nothing="There is nothing to say."
)
