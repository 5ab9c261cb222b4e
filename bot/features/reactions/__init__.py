"""Which emoji the room would give a message: asked for, or given to who calls the bot. The cogs speak Discord."""
