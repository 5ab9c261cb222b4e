"""``/teach`` and ``/what``: members teach things by pictures, and ask which of them a picture shows."""
