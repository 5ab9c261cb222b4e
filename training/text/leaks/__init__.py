"""The leak report: what a voice may have remembered, by secrets planted in a copy of its room and by what it says."""
