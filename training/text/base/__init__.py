"""The base voice: a one-way GRU learnt from public short texts; it ships, and a room's training goes on from it."""
