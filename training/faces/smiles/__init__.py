"""Smiles in photos, measured: the ways to make one, the judges who had no part in it, and the report."""
