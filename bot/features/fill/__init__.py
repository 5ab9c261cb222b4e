"""``/fill``: what could stand in the blanks of a line. The cog speaks Discord; the module beside it is pure."""
