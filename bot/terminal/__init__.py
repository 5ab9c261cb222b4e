"""The bot at its owner's terminal, in the owner's language: help, tables and errors."""
