"""From a group's chat export to a run folder; knows of the bot only the bundle contract."""
