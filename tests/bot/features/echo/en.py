"""English."""

from tests.bot.features.echo.texts import EchoTexts

TEXTS = EchoTexts(commands={}, echo="{word}, {word}…", nothing="There is nothing to say.")
