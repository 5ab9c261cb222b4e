"""Words: from chat exports to a trained text network and what it is worth."""
