"""Delivery of what is due, once: planned, claimed, sent, settled. Knows no Discord, only a messenger, and no SQL."""
