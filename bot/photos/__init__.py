"""Photos: read with care, faces found, aligned and cut out, and laid back. Knows pixels alone.

Training prepares its data with the same code: what the encoder saw in training is what it sees in the bot.
"""
