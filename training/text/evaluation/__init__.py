"""Evaluation: the metrics, and the count-based model that a network has to beat."""
