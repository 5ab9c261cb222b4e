"""The client on Discord: login, connection, commands and their lists, and how it is served until it is told to stop."""
