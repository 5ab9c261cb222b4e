"""The blocklist: answers of the bot that members never want to hear again, on a server or in private messages."""
