"""``/reply``, “Answer in our voice”, and answers to calls. The cogs speak Discord; the modules beside are pure."""
