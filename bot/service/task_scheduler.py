"""The scheduled task of Windows. Source: Microsoft's reference, "Task Scheduler Schema".

The Task Scheduler looks at no exit code, so the trigger repeats: while the bot runs a repetition does nothing, and
after it ended the next one starts it again.
"""

import os
import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

from bot.service.supervisor import NAME, Program, Supervisor

_TASK = NAME.capitalize()
_TEXT = """\
<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>Dantok, a Discord bot</Description></RegistrationInfo>
  <Triggers>
    <LogonTrigger>
      <Repetition><Interval>PT2M</Interval></Repetition>
      <UserId>{user}</UserId>
    </LogonTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <UserId>{user}</UserId>
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <RestartOnFailure><Interval>PT1M</Interval><Count>255</Count></RestartOnFailure>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{command}</Command>
      <Arguments>{arguments}</Arguments>
      <WorkingDirectory>{folder}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"""


def supervisor(home: Path) -> Supervisor:
    """Return the Task Scheduler; the file is only what the task is made from."""
    file = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / _TASK / "service.xml"
    return Supervisor(
        kind="Task Scheduler",
        file=file,
        text=text,
        start=(
            ("schtasks", "/Create", "/F", "/TN", _TASK, "/XML", str(file)),
            ("schtasks", "/Run", "/TN", _TASK),
        ),
        show=("schtasks", "/Query", "/TN", _TASK),
        stop=(("schtasks", "/End", "/TN", _TASK), ("schtasks", "/Delete", "/F", "/TN", _TASK)),
    )


def text(program: Program) -> bytes:
    """Return the task, in the encoding that schtasks reads; pythonw opens no window."""
    python, *arguments = program.command(with_log=True)
    user = "\\".join(filter(None, map(os.environ.get, ("USERDOMAIN", "USERNAME"))))
    filled = _TEXT.format(
        user=escape(user),
        command=escape(str(program.python.with_name("pythonw.exe")) if python.endswith("python.exe") else python),
        arguments=escape(subprocess.list2cmdline(arguments)),
        folder=escape(str(program.folder)),
    )
    return filled.encode("utf-16")
