"""Calls: messages that name the bot, reply to it or are private; what features that heed them share. No feature."""
