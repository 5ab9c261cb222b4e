"""Cleaning: personal data and what nobody typed, taken out of a message before anything else sees it."""
