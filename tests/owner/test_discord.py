"""The token is checked with Discord, kept for its owner alone, and comes with the link that invites the bot."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import discord as discord_py
import pytest
from yarl import URL

from bot.default_bundle import DEMO_BUNDLE
from owner import discord
from owner.errors import StepError
from owner.project import Project
from playground import Playground
from playground.redirect import redirected

# Of the right form, and nobody's: the number in it is 123456789012345678.
TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4" + ".Gabcde." + "no-bot-of-anybody-" * 2
ANOTHER = TOKEN[:-1] + "x"


class Discord(Playground):
    """A local Discord whose bot has a token of the real form."""

    TOKEN = TOKEN


@pytest.fixture
async def local() -> AsyncIterator[Discord]:
    async with Discord() as playground:
        with playground.redirect():
            yield playground


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path / "room")
    project.make()
    return project


async def refusal(token: str) -> str:
    with pytest.raises(StepError) as refused:
        await discord.application_of(token)
    assert token not in refused.value.sentence("ko") + repr(refused.value)
    return refused.value.name


async def test_a_good_token_is_kept_for_its_owner_alone_and_says_whose_it_is(local: Discord, project: Project) -> None:
    application = await discord.keep_token(project, f" {TOKEN}\n")
    assert application.name == local.world.bot["username"]
    assert application.servers == (local.world.guild["name"],)
    assert project.token() == TOKEN
    assert project.dotenv.stat().st_mode & 0o777 == 0o600
    assert await discord.kept_application(project) == application


async def test_the_link_invites_with_exactly_what_the_features_need(local: Discord) -> None:
    link = URL((await discord.application_of(TOKEN)).install_link)
    assert set(link.query["scope"].split()) == {"bot", "applications.commands"}
    granted = discord_py.Permissions(int(link.query["permissions"]))
    assert {name for name, is_granted in granted if is_granted} == {
        "read_messages",  # to view channels, by an older word
        "send_messages",
        "send_messages_in_threads",
        "read_message_history",
        "add_reactions",
        "attach_files",
        "manage_roles",
    }


@pytest.mark.parametrize("text", ["", "1234567890", "a" * 32, f'"{TOKEN}"', "비밀번호 1234"])
async def test_what_is_no_token_never_leaves_this_machine(text: str) -> None:
    with redirected("http://127.0.0.1:1"):
        assert await refusal(text or "x") == "malformed_login"


async def test_a_token_that_discord_does_not_know_leaves_the_one_before(local: Discord, project: Project) -> None:
    await discord.keep_token(project, TOKEN)
    with pytest.raises(StepError, match="does not know"):
        await discord.keep_token(project, ANOTHER)
    assert project.token() == TOKEN


async def test_without_a_network_one_sentence_says_so() -> None:
    with redirected("http://127.0.0.1:1"):
        assert await refusal(TOKEN) == "no_network"


async def test_a_discord_that_is_unwell_is_told_from_a_wrong_token(
    local: Discord, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = asyncio.sleep
    monkeypatch.setattr("discord.http.asyncio.sleep", lambda _: at_once(0))
    local.faults.error(status=500, times=20)
    assert await refusal(TOKEN) == "discord_unwell"


def test_nothing_is_started_without_a_voice_and_a_token(project: Project) -> None:
    with pytest.raises(StepError, match="no voice yet"):
        discord.start(project)
    with pytest.raises(StepError, match="no voice yet"):
        discord.keep_running(project)


@pytest.mark.skipif(sys.platform != "linux", reason="a stand-in for systemctl")
def test_the_system_keeps_the_bot_of_this_folder_running(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.bundle.symlink_to(DEMO_BUNDLE)
    project.keep_token(TOKEN)
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("systemctl", "loginctl"):
        (programs / name).write_text(f'#!/bin/sh\necho "{name} $*" >> "{tmp_path}/asked"\n', encoding="utf-8")
        (programs / name).chmod(0o700)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("DANTOK_TOKEN", "of another bot in this terminal")
    assert discord.service_state(project) is None
    assert str(project.folder) in discord.keep_running(project)
    unit = (tmp_path / "config" / "systemd" / "user" / "dantok.service").read_text(encoding="utf-8")
    assert f"WorkingDirectory={project.folder}\n" in unit
    assert TOKEN not in unit
    assert "systemctl --user restart dantok.service" in (tmp_path / "asked").read_text(encoding="utf-8")
    assert discord.service_state(project) is not None
    discord.keep_running(project, "remove")
    assert discord.service_state(project) is None
