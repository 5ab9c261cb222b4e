"""Songs: the two-layer LSTM that writes their lines, what it learns from, and what it is worth."""
