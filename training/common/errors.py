"""What can be wrong with faces, labels and their runs."""


class FacesError(Exception):
    """What was asked for cannot be done with these faces; the message is one sentence for the owner."""
