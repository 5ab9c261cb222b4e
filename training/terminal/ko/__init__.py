"""Korean: every sentence of ``python -m training`` and ``python -m export``, by the English one."""

from training.terminal.ko.errors import ERRORS
from training.terminal.ko.help import HELP
from training.terminal.ko.lines import LINES

SENTENCES = HELP | ERRORS | LINES
