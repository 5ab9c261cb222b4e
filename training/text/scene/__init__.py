"""Scenes: conversations of the room as turns of lettered speakers, and the Transformer that goes on with them."""
