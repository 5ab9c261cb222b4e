"""The commands of ``python -m training faces``, one file each."""
