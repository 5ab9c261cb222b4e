"""Attributes of a face: the classifiers that learn them from labels, and fill in the labels that are missing."""
