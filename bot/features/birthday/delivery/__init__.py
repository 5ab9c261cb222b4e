"""Says what is due, once: planned, claimed, sent, settled. Knows no Discord, only its messenger."""
