"""The features: what the bot does for its members, a folder each."""
