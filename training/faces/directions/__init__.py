"""Directions in the latent space: how they are found, and made better by gradient."""
