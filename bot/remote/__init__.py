"""Models elsewhere: the bot's side of an inference engine, and what crosses the wire."""
