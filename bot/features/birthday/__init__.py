"""Birthdays, never missed and never twice, in layers: values, storage, delivery, text, and Discord on top."""
