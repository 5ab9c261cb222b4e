"""Groups: which group's models and settings answer where, and who is served at all. Knows no Discord."""
