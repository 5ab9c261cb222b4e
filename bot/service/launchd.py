"""The launchd agent of macOS. Source: launchd.plist(5), launchctl(1)."""

import os
import plistlib
from pathlib import Path

from bot.service.supervisor import NAME, Program, Supervisor

_LABEL = f"{NAME}.bot"
_PAUSE = 30  # in seconds; launchd knows no growing ones


def supervisor(home: Path) -> Supervisor:
    """Return launchd for this user's session."""
    file = home / "Library" / "LaunchAgents" / f"{_LABEL}.plist"
    session = f"gui/{os.getuid()}" if hasattr(os, "getuid") else "gui"
    return Supervisor(
        kind="launchd",
        file=file,
        text=text,
        start=(("launchctl", "bootstrap", session, str(file)),),
        show=("launchctl", "list", _LABEL),
        stop=(("launchctl", "bootout", f"{session}/{_LABEL}"),),
    )


def text(program: Program) -> bytes:
    """Return the agent's property list."""
    return plistlib.dumps(
        {
            "Label": _LABEL,
            "ProgramArguments": list(program.command(with_log=True)),
            "WorkingDirectory": str(program.folder),
            "RunAtLoad": True,
            "KeepAlive": {"SuccessfulExit": False},
            "ThrottleInterval": _PAUSE,
            "ExitTimeOut": _PAUSE,
        }
    )
