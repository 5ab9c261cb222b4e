"""The cleaner: autoencoders that take noise and blur off a small face, and tell when a face is of no kind they know."""
