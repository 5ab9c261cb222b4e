"""The step Discord: the token is checked and kept, the bot invited, started, and kept running.

The token goes to Discord and into the project's ``.env``, nowhere else, and is never shown again.
"""

import subprocess
import sys
from dataclasses import dataclass
from typing import Literal

import aiohttp
import discord

from bot.bundle import Bundle, BundleError
from bot.token import why_no_token
from owner.errors import StepError
from owner.jobs import Command, Job
from owner.project import Project, environment

PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    read_message_history=True,
    add_reactions=True,
    attach_files=True,
    manage_roles=True,
)
"""Exactly what the features ask for: to write and to find what was written, reactions, pictures, a role for the day."""
SCOPES = ("bot", "applications.commands")


@dataclass(frozen=True, slots=True)
class Application:
    """What Discord says of a token: whose bot it is, who may install it, and on which servers it is."""

    id: int
    name: str
    is_public: bool
    servers: tuple[str, ...]

    @property
    def install_link(self) -> str:
        """Where a server's manager invites it, with exactly the permissions that it needs."""
        return discord.utils.oauth_url(self.id, permissions=PERMISSIONS, scopes=SCOPES)


async def application_of(token: str) -> Application:
    """Ask Discord whose a token is.

    Raises:
        StepError: it is none, Discord does not know it, or cannot be reached.
    """
    token = token.strip()
    if why_no_token(token):
        raise StepError("malformed_login")
    client = discord.Client(intents=discord.Intents(guilds=True))
    try:
        await client.login(token)
        about = await client.application_info()
        servers = [guild.name async for guild in client.fetch_guilds()]
    except discord.LoginFailure:
        raise StepError("login_unknown") from None
    except (aiohttp.ClientError, OSError):
        raise StepError("no_network") from None
    except discord.HTTPException as error:
        raise StepError("discord_unwell", status=error.status) from None
    finally:
        await client.close()
    return Application(about.id, about.name, about.bot_public, tuple(servers))


async def keep_token(project: Project, token: str) -> Application:
    """Check a token, keep it, and return whose it is.

    Raises:
        StepError: as :func:`application_of`; then nothing is kept, and what was kept before stays.
    """
    application = await application_of(token)
    project.keep_token(token.strip())
    return application


async def kept_application(project: Project) -> Application | None:
    """Return whose the kept token is, or None where none is kept.

    Raises:
        StepError: as :func:`application_of`.
    """
    token = project.token()
    return None if token is None else await application_of(token)


def job(project: Project) -> Job:
    """Return the job that is the running bot, where it is not kept running by the system."""
    return Job(project.jobs / "bot")


def start(project: Project) -> Job:
    """Start the bot; it runs until :meth:`owner.jobs.Job.stop` or the machine's next start.

    Raises:
        StepError: no bundle or no token is there, or it runs already.
    """
    _check_ready(project)
    bot_job = job(project)
    bot_job.start([Command(name="bot", words=["bot", "run"])], {"bot": 1}, working_folder=project.folder)
    return bot_job


def keep_running(project: Project, what: Literal["install", "status", "remove"] = "install") -> str:
    """Let the system keep the bot running from log-on on, or ask how it is, or end that; return what it answers.

    A bot that :func:`start` started is stopped first.

    Raises:
        StepError: it does not; the sentence has the reason.
    """
    if what == "install":
        _check_ready(project)
        job(project).stop()
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "bot", "service", what],
        cwd=project.folder,
        env=environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    answer = (done.stdout or done.stderr).strip()
    if done.returncode:
        raise StepError("service", reason=answer)
    return answer


def service_state(project: Project) -> str | None:
    """Return what the system says of the bot that it keeps running, or None where it keeps none."""
    try:
        return keep_running(project, "status")
    except StepError:
        return None


def _check_ready(project: Project) -> None:
    try:
        Bundle.open(project.bundle)
    except BundleError:
        raise StepError("no_bundle") from None
    if not project.has_token():
        raise StepError("login_missing")
