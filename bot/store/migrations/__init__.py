"""One file for each schema that a released version has written; none of them ever changes again."""
