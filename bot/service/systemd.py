"""The systemd user unit. Source: systemd.service(5), systemd.unit(5), systemd.syntax(7)."""

import os
from pathlib import Path

from bot.service.supervisor import NAME, Program, Supervisor

_UNIT = f"{NAME}.service"
# Exit codes 1 and 2 are for the owner to mend: trying again would change nothing. What systemd before 254 does not know
# of the growing pauses it passes over: there they stay at ten seconds.
_TEXT = """\
[Unit]
Description=Dantok, a Discord bot
StartLimitIntervalSec=0

[Service]
WorkingDirectory={folder}
ExecStart={command}
ExecReload=/bin/kill -HUP $MAINPID
Restart=on-failure
RestartPreventExitStatus=1 2
RestartSec=10
RestartSteps=6
RestartMaxDelaySec=300
TimeoutStopSec=30
NoNewPrivileges=yes

[Install]
WantedBy=default.target
"""


def supervisor(home: Path) -> Supervisor:
    """Return systemd's manager of this user."""
    configuration = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    control = ("systemctl", "--user")
    return Supervisor(
        kind="systemd",
        file=configuration / "systemd" / "user" / _UNIT,
        text=text,
        start=((*control, "daemon-reload"), (*control, "enable", _UNIT), (*control, "restart", _UNIT)),
        show=(*control, "status", "--no-pager", "--lines=5", _UNIT),
        stop=((*control, "disable", "--now", _UNIT),),
        linger=("loginctl", "enable-linger"),
    )


def text(program: Program) -> bytes:
    """Return the unit; its log goes to the journal."""
    python, *words = (_quoted(word) for word in program.command(with_log=False))
    # Of the first word a dollar is one; in the others two are.
    command = " ".join([python, *(word.replace("$", "$$") for word in words)])
    return _TEXT.format(folder=str(program.folder).replace("%", "%%"), command=command).encode()


def _quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'
