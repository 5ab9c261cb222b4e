"""What is served over HTTP: Discord's REST API and gateway for the bot, and the page's socket for people."""
