"""Speed and size, measured: every figure is a ratio or a rate from one run, printed by ``make bench``."""
