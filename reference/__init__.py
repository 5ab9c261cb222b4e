"""The reference pages: tables of every command and every setting, written from the code into ``docs/``."""
