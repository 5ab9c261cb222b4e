"""``/group`` and ``/invitation``: whose voice somebody hears in private, and the way in for a new server."""
