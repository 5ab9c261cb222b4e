"""The generators: networks, losses and how each learns. Knows nothing of run folders, nor of what is measured."""
