"""What training leaves of answers, in a folder of its own: lines, a picker if it is worth keeping, and its worth."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bot.bundle import BundleError
from bot.bundle.exchanges import Exchanges
from bot.bundle.files import write_whole
from training.common.errors import RunError
from training.common.run_folder import naming_damage, read_json, write_json
from training.text.answers.evaluate import Measured

if TYPE_CHECKING:
    from training.text.answers.picker import Picker

FOLDER = "answers"
"""In the folder of a run of text."""


@dataclass(frozen=True, slots=True)
class TrainedAnswers:
    """A picker in eval mode, the lines that it may pick from, what it is worth, and what else several people said."""

    picker: "Picker"
    lines: tuple[str, ...]
    measured: Measured
    exchanges: Exchanges = field(default_factory=Exchanges)


@dataclass(frozen=True, slots=True)
class AnswersRun:
    """Where it lies; ``answers.json`` is written last."""

    folder: Path

    @property
    def weights(self) -> Path:
        """The picker."""
        return self.folder / "picker.pt"

    @property
    def lines(self) -> Path:
        """The lines that several people say."""
        return self.folder / "lines.json"

    @property
    def exchanges(self) -> Path:
        """What else several people say, and what was answered; not in earlier runs."""
        return self.folder / "exchanges.json"

    @property
    def report(self) -> Path:
        """What was measured; its presence says that the rest is whole."""
        return self.folder / "answers.json"

    def write(self, trained: TrainedAnswers) -> None:
        """Write everything; an earlier picker there is replaced. One that tells nothing is not kept."""
        import torch

        self.clear()
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if trained.measured.beats_chance:
            torch.save(trained.picker.state_dict(), self.weights)
            write_whole(self.lines, json.dumps(trained.lines, ensure_ascii=False) + "\n")
            write_whole(self.exchanges, trained.exchanges.to_json())
        write_json(self.report, asdict(trained.measured))

    def clear(self) -> None:
        """Take away what an earlier training left: of other messages nothing may be exported."""
        for file in (self.report, self.weights, self.lines, self.exchanges):
            file.unlink(missing_ok=True)

    def measured(self) -> Measured:
        """Return what was measured.

        Raises:
            RunError: the file is damaged or missing.
        """
        try:
            return Measured(**read_json(self.report))
        except TypeError as error:
            raise self._damage(error) from error

    def load(self) -> TrainedAnswers | None:
        """Return what :meth:`write` wrote; None where there is nothing, or it told nothing.

        Raises:
            RunError: a file is damaged.
        """
        if not self.report.is_file() or not self.weights.is_file():
            return None
        import torch

        from bot.bundle.hashed_ngrams import BUCKETS
        from training.text.answers.picker import Picker

        with naming_damage(self.weights):
            picker = Picker(torch.zeros(BUCKETS + 1))
            picker.load_state_dict(torch.load(self.weights, weights_only=True))
        try:
            lines = tuple(str(line) for line in json.loads(self.lines.read_text(encoding="utf-8")))
            exchanges = Exchanges.read(self.exchanges, len(lines)) if self.exchanges.is_file() else Exchanges()
        except (OSError, ValueError, TypeError, BundleError) as error:
            raise self._damage(error) from error
        return TrainedAnswers(picker.eval(), lines, self.measured(), exchanges)

    def _damage(self, error: Exception) -> RunError:
        return RunError(f"The answers in {self.folder} are damaged ({error!r}): learn them again.")
