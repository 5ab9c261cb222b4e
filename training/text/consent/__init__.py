"""Consent: who is in a chat, who agreed that it is learnt from, and who withdrew."""
