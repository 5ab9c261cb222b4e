"""The bot's models as a Ray Serve deployment: an inference engine for bots that run elsewhere."""
