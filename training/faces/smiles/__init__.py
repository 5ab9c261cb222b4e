"""Smiles in photos, measured: the methods to make one, the judges who had no part in it, and the report."""
