"""What every training shares, of words as of faces: the run folder, the command line, the loop. Knows neither."""
