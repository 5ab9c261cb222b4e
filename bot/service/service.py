"""Installation of the service: its file is written and its supervisor told, or all is as before."""

import getpass
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bot.errors import OwnerError
from bot.i18n import owner_locale, texts_for
from bot.service import launchd, systemd, task_scheduler
from bot.service.supervisor import Command, Program, Supervisor
from bot.service.texts import ServiceTexts

SUPERVISORS: Mapping[str, Callable[[Path], Supervisor]] = {
    "linux": systemd.supervisor,
    "darwin": launchd.supervisor,
    "win32": task_scheduler.supervisor,
}
"""By ``sys.platform``."""
_PATIENCE = 60.0


class ServiceError(OwnerError):
    """The service cannot be installed, or is not installed."""


def supervisor() -> Supervisor:
    """Return what keeps programs running here.

    Raises:
        ServiceError: nothing does that is known.
    """
    try:
        return SUPERVISORS[sys.platform](Path.home())
    except KeyError:
        raise ServiceError(_texts().unknown_system.format(system=sys.platform)) from None


def check_environment(only_there: Sequence[str], folder: Path) -> None:
    """Check that what is set in this terminal also stands in the folder's ``.env``, which is all that a service sees.

    Raises:
        ServiceError: these variables do not.
    """
    if only_there:
        raise ServiceError(_texts().only_in_environment.format(names=", ".join(only_there), folder=folder))


def install(program: Program, keeper: Supervisor) -> list[str]:
    """Write the file, start the program now and at each log-on, and return sentences on what came of it.

    Raises:
        ServiceError: the supervisor does not take it; a file that was not there before is gone again.
    """
    texts, was_there = _texts(), keeper.file.exists()
    if was_there:
        _stop(keeper)
    keeper.file.parent.mkdir(parents=True, exist_ok=True)
    keeper.file.write_bytes(keeper.text(program))
    for command in keeper.start:
        code, output = _run(command)
        if code:
            if not was_there:
                keeper.file.unlink()
            raise ServiceError(texts.not_started.format(kind=keeper.kind, reason=_last_line(output)))
    sentences = [texts.installed.format(kind=keeper.kind, file=keeper.file, folder=program.folder)]
    if keeper.linger and _run(keeper.linger)[0]:
        sentences.append(texts.no_linger.format(user=getpass.getuser()))
    return sentences


def status(keeper: Supervisor) -> tuple[bool, str]:
    """Return whether the service is known to its supervisor and well, and what that says of it.

    Raises:
        ServiceError: it is not installed.
    """
    _check_installed(keeper)
    code, output = _run(keeper.show)
    return code == 0, output.strip()


def remove(keeper: Supervisor) -> str:
    """Stop the service and delete its file; nothing that the bot keeps is touched.

    Raises:
        ServiceError: it is not installed.
    """
    _check_installed(keeper)
    _stop(keeper)
    keeper.file.unlink()
    return _texts().removed.format(file=keeper.file)


def _stop(keeper: Supervisor) -> None:
    # A supervisor that does not know it any more has stopped it, too.
    for command in keeper.stop:
        _run(command)


def _check_installed(keeper: Supervisor) -> None:
    if not keeper.file.exists():
        raise ServiceError(_texts().not_installed)


def _run(command: Command) -> tuple[int, str]:
    """Return a command's exit code and what it wrote; one that is not there has failed."""
    try:
        done = subprocess.run(  # noqa: S603 - the commands stand in the tables beside this
            command, capture_output=True, text=True, errors="replace", timeout=_PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return 1, f"{command[0]}: {getattr(error, 'strerror', None) or type(error).__name__}"
    return done.returncode, done.stdout + done.stderr


def _last_line(output: str) -> str:
    return next(reversed(output.strip().splitlines()), "?").strip()


def _texts() -> ServiceTexts:
    return texts_for(ServiceTexts, owner_locale())
