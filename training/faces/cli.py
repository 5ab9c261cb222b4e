"""``python -m training faces …``: the commands, one file each in :mod:`training.faces.commands`."""

import typer

from training.common.cli_errors import cli_errors
from training.faces.commands.convert import convert
from training.faces.commands.draw import draw
from training.faces.commands.label import label
from training.faces.commands.measure import measure
from training.faces.commands.measure_finder import measure_finder
from training.faces.commands.measure_smiles import measure_smiles
from training.faces.commands.prepare import prepare
from training.faces.commands.train import train
from training.faces.commands.train_cleaner import train_cleaner
from training.faces.commands.train_editor import train_editor

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def faces() -> None:
    """Learn to draw a group's faces from its photos; nothing leaves this machine."""


for command in (prepare, label, train, train_editor, train_cleaner, measure, measure_smiles, measure_finder, draw):
    app.command()(cli_errors()(command))
app.command(hidden=True)(cli_errors()(convert))
