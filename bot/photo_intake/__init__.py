"""The way in for members' photos, one for all features: turns, the download, and what is said of a bad one."""
