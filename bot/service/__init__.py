"""The bot as a service of one user: a file for what keeps programs running on this system, and the commands for it."""
