"""The owner's page: a local web page that goes step by step from a chat export to a bot on Discord."""
