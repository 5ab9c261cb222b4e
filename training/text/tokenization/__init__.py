"""Tokenization: text to morphemes, and morphemes to a vocabulary."""
