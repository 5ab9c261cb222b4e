"""English, at the terminal: what the code says."""

from bot.terminal.texts import TerminalTexts

TEXTS = TerminalTexts(sentences={})
