"""Training and export at their owner's terminal, in the owner's language: help, tables, what they say and errors."""
