"""The smile editor: a network that changes a photo by small fields, learnt from single photos."""
