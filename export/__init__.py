"""From run folders to the one bundle folder that the bot loads."""
