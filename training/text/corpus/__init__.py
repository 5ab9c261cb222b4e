"""The corpus: chat files in, the messages that may be learnt out, in conversations and each once."""
