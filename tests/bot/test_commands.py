"""The commands as people type them: real processes, their output, their exit codes, their signals."""

import asyncio
import json
import re
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.default_bundle import DEMO_BUNDLE
from playground import Playground
from tests.bot import processes
from tests.bot.inference.test_trial import TRIAL_LENGTH, endless
from tests.bot.processes import REDIRECTED
from tests.bot.processes import begin as _begin
from tests.bot.processes import bot as _bot
from tests.bot.processes import running as _running
from tests.bot.processes import until as _until
from tests.patience import PATIENCE

Edit = Callable[[Path, Callable[[dict[str, Any]], None]], None]

# Of the right form, and nobody's: the number in it is 123456789012345678.
TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4" + ".Gabcde." + "no-bot-of-anybody-" * 2


async def test_say_prints_one_object_with_exactly_n_further_pieces(tmp_path: Path, bundle: Path) -> None:
    words = ("say", "윤혜", "5", "--seed", "7", "--json", "--bundle", str(bundle))
    code, out, err = await _bot(*words, cwd=tmp_path)
    assert (code, err) == (0, "")
    said = json.loads(out)
    assert list(said) == ["text", "pieces", "seed", "unknown"]
    assert len(said["pieces"]) == 5
    assert said["text"] == "윤혜" + "".join(said["pieces"]).replace("▁", " ")
    assert (said["seed"], said["unknown"]) == (7, [])
    assert (await _bot(*words, cwd=tmp_path))[1] == out


async def test_the_runtime_reports_to_nobody_and_leaves_no_number_of_this_machine(
    tmp_path: Path, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, folder in (("HOME", "home"), ("XDG_CACHE_HOME", "home/cache")):
        monkeypatch.setitem(processes._HERE, name, str(tmp_path / folder))
    (tmp_path / "home").mkdir()
    code, _, err = await _bot("say", "윤혜", "5", "--json", cwd=tmp_path, bundle=str(bundle))
    assert (code, err) == (0, "")
    assert list((tmp_path / "home").rglob("*")) == []


async def test_say_for_people_prints_the_text_and_how_to_repeat_it(tmp_path: Path, bundle: Path) -> None:
    code, out, err = await _bot("say", "킹받네", "5", "--seed", "7", cwd=tmp_path, bundle=str(bundle))
    assert code == 0
    assert out.startswith("킹받네")
    assert "seed 7 · words I've never seen: 킹받네" in err


@pytest.mark.parametrize(("words", "code"), [(("say", "윤혜", "51"), 2), (("say", "\u200b", "5"), 1)])
async def test_usage_is_2_and_a_wrong_word_is_one_sentence_and_1(
    tmp_path: Path, bundle: Path, words: tuple[str, ...], code: int
) -> None:
    returned, _, err = await _bot(*words, cwd=tmp_path, bundle=str(bundle))
    assert returned == code
    assert "Traceback" not in err
    if code == 1:
        assert len(err.splitlines()) == 1


async def test_check_finds_everything_well_and_keeps_the_token_to_itself(tmp_path: Path, bundle: Path) -> None:
    code, out, err = await _bot("check", cwd=tmp_path, token=TOKEN, bundle=str(bundle), provider="cpu")
    assert (code, err) == (0, "")
    assert re.search(r"runs on +CPU", out)
    assert str(bundle) in out
    assert "✗" not in out
    assert TOKEN[-9:] not in out
    assert "invented group" not in out


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"database_url": "garbage"}, "DANTOK_DATABASE_URL is no URL"),
        ({"data": "{file}"}, "dantok.sqlite3 cannot be written"),
        ({"provider": "cuda"}, "pip install -e '.[gpu]'"),
    ],
)
async def test_check_finds_what_run_would_stumble_over_and_makes_nothing(
    tmp_path: Path, bundle: Path, settings: dict[str, str], sentence: str
) -> None:
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    given = {name: value.format(file=file) for name, value in settings.items()}
    code, out, _ = await _bot("check", cwd=tmp_path, **{"token": TOKEN, "bundle": str(bundle)} | given)
    (found,) = [line for line in out.splitlines() if "✗" in line]
    assert code == 1
    assert sentence in found
    assert _names_in(tmp_path) == ["file"]


def _names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


async def test_check_says_that_a_bundle_is_the_invented_groups_wherever_it_lies(tmp_path: Path) -> None:
    shutil.copytree(DEMO_BUNDLE, tmp_path / "bundle")
    code, out, _ = await _bot("check", cwd=tmp_path, token=TOKEN, provider="cpu")
    assert code == 0
    assert "invented group" in out


async def test_check_refuses_what_cannot_be_a_token_without_showing_it(tmp_path: Path, bundle: Path) -> None:
    secret = "AbCdEfGhIjKlMnOpQrStUvWxYz012345"
    code, out, _ = await _bot("check", cwd=tmp_path, token=secret, bundle=str(bundle))
    (found,) = [line for line in out.splitlines() if "✗" in line]
    assert code == 1
    assert "client secret" in found
    assert secret not in out


async def test_a_taken_port_is_one_sentence(tmp_path: Path, bundle: Path) -> None:
    async with Playground() as taken:
        demo = ("demo", "--no-browser", "--bundle", str(bundle), "--port", str(taken.port))
        settings = {"token": "a.b.c", "bundle": str(bundle), "health_port": str(taken.port)}
        for answer in (await _bot(*demo, cwd=tmp_path), await _bot("run", cwd=tmp_path, **settings)):
            code, _, err = answer
            (sentence,) = [line for line in err.splitlines() if " INFO " not in line]
            assert code == 1
            assert sentence.startswith(f"Port {taken.port} cannot be used: choose another ")


def _cut(folder: Path) -> None:
    (folder / "text.onnx").write_bytes((folder / "text.onnx").read_bytes()[:-1])


BROKEN: dict[str, tuple[Callable[[Path, Edit], object], str]] = {
    "a wrong hash": (lambda folder, edit: _cut(folder), "text.onnx"),
    "a missing file": (lambda folder, edit: (folder / "tokenizer.json").unlink(), "missing tokenizer.json"),
    "no manifest": (lambda folder, edit: (folder / "manifest.json").unlink(), "manifest.json"),
    "another schema": (lambda folder, edit: edit(folder, lambda m: m.update(schema_version=99)), "schema 99"),
    "swapped inputs": (
        lambda folder, edit: edit(
            folder,
            lambda m: m["models"]["text"].update(
                inputs=m["models"]["text"]["outputs"], outputs=m["models"]["text"]["inputs"]
            ),
        ),
        "has the inputs logits",
    ),
    "another tokenizer": (
        lambda folder, edit: edit(folder, lambda m: m["models"]["text"]["outputs"][0].update(shape=["batch", 9])),
        "9 wide",
    ),
}


@pytest.mark.parametrize("what", BROKEN)
async def test_a_broken_bundle_is_refused_by_name(
    tmp_path: Path, write_bundle: Callable[..., Path], edit_manifest: Edit, what: str
) -> None:
    folder = write_bundle(tmp_path / "bundle")
    harm, name = BROKEN[what]
    harm(folder, edit_manifest)
    code, out, _ = await _bot("check", cwd=tmp_path, token=TOKEN)
    (sentence,) = [line for line in out.splitlines() if "✗" in line]
    assert code == 1
    assert name in sentence


async def test_a_broken_bundle_is_one_sentence_at_start(tmp_path: Path, write_bundle: Callable[..., Path]) -> None:
    _cut(write_bundle(tmp_path / "bundle"))
    code, _, err = await _bot("run", cwd=tmp_path, token="abc.def.ghi")
    assert code == 1
    assert "text.onnx" in err
    assert len(err.splitlines()) == 1


async def test_without_a_token_it_says_so_in_one_sentence(tmp_path: Path) -> None:
    code, _, err = await _bot("run", cwd=tmp_path)
    assert code == 1
    assert err.startswith("DANTOK_TOKEN is missing")
    assert len(err.splitlines()) == 1


async def test_where_nobody_sees_the_terminal_the_sentence_is_in_the_log(tmp_path: Path) -> None:
    code, out, err = await _bot("run", "--log-file", "logs/dantok.log", cwd=tmp_path)
    assert (code, out, err) == (1, "", "")
    (line,) = (tmp_path / "logs" / "dantok.log").read_text(encoding="utf-8").splitlines()
    assert "DANTOK_TOKEN is missing" in line


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
async def test_a_signal_ends_it_cleanly(tmp_path: Path, bundle: Path, name: str) -> None:
    async with Playground() as playground, _running(playground, tmp_path, bundle) as process:
        await playground.wait_ready()
        assert (await playground.command("/say 오늘 5")).content.startswith("오늘")
        process.send_signal(getattr(signal, name))
        _, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 0
    assert b"Traceback" not in err
    assert b"ERROR" not in err


async def test_a_hangup_changes_over_to_a_new_bundle_and_not_to_a_broken_one(
    tmp_path: Path, write_bundle: Callable[..., Path]
) -> None:
    folder = write_bundle(tmp_path / "bundle", seed=1)
    ask = "/say word:오늘 n:20 temperature:0"
    async with Playground() as playground, _running(playground, tmp_path, folder) as process:
        assert process.stderr
        await playground.wait_ready()
        old = (await playground.command(ask)).content
        _cut(folder)
        process.send_signal(signal.SIGHUP)
        await _until(process.stderr, b"The old bundle goes on serving: text.onnx")
        assert (await playground.command(ask)).content.splitlines()[0] == old.splitlines()[0]
        write_bundle(folder, seed=2)
        process.send_signal(signal.SIGHUP)
        await _until(process.stderr, b"A new bundle serves now")
        assert (await playground.command(ask)).content.splitlines()[0] != old.splitlines()[0]
        assert list((tmp_path / "data" / "backups").glob("*-before-bundle.jsonl"))
        process.terminate()
        assert await asyncio.wait_for(process.wait(), PATIENCE) == 0


async def test_a_token_that_discord_does_not_know_is_one_sentence(tmp_path: Path, bundle: Path) -> None:
    async with Playground() as playground, _running(playground, tmp_path, bundle, token="wrong-token") as process:
        _, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 1
    assert b"Discord does not know this token" in err
    assert b"wrong-token" not in err
    assert b"Traceback" not in err


async def test_without_a_network_it_says_so_and_goes_on_trying_until_it_is_told_to_stop(
    tmp_path: Path, bundle: Path
) -> None:
    settings = {"token": "abc.def.ghi", "bundle": str(bundle)}
    process = await _begin("-c", REDIRECTED, "http://127.0.0.1:9", "run", cwd=tmp_path, **settings)
    assert process.stderr
    for _ in range(2):
        await _until(process.stderr, b"Discord cannot be reached (logging in, ClientConnectorError): next try in")
    process.terminate()
    _, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 0
    assert b"Traceback" not in err
    assert b"ERROR" not in err


async def test_health_tells_whether_it_is_connected(tmp_path: Path, bundle: Path, unused_tcp_port: int) -> None:
    async with Playground() as playground, _running(playground, tmp_path, bundle, health_port=str(unused_tcp_port)):
        await playground.wait_ready()
        async with asyncio.timeout(PATIENCE):
            while b" 200 " not in (answer := await _get(unused_tcp_port)):
                assert b" 503 " in answer
    assert answer.endswith(b"connected")


async def test_a_graph_without_an_end_does_not_keep_the_bot_from_leaving(
    tmp_path: Path, write_bundle: Callable[..., Path]
) -> None:
    folder = write_bundle(tmp_path / "bundle", graph=endless(lambda length: 1 if length == TRIAL_LENGTH else 10**12))
    async with Playground(answer_within=5) as playground, _running(playground, tmp_path, folder) as process:
        await playground.wait_ready()
        assert "너무 오래" in (await playground.command("/say 오늘 5")).content
        process.terminate()
        await asyncio.wait_for(process.communicate(), PATIENCE)
        assert process.returncode == 0


async def _get(port: int) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET /health HTTP/1.0\r\n\r\n")
    answer = await reader.read()
    writer.close()
    return answer


async def test_the_demo_answers_typed_commands_and_fails_if_one_fails(tmp_path: Path, bundle: Path) -> None:
    once = ("demo", "--bundle", str(bundle), "--once", "/say 윤혜 5")
    code, out, err = await _bot(*once, "--once", "/say word:밥 n:4", cwd=tmp_path)
    assert (code, err) == (0, "")
    lines = [line.strip() for line in out.splitlines()]
    assert lines[0] == "/say 윤혜 5"
    assert lines[1].startswith("윤혜")
    assert lines[lines.index("/say word:밥 n:4") + 1].startswith("밥")
    code, out, _ = await _bot(*once, "--once", "/sing", cwd=tmp_path)
    assert code == 1
    assert "윤혜" in out


async def test_the_demo_serves_its_page_until_it_is_told_to_stop(tmp_path: Path, bundle: Path) -> None:
    process = await _begin("-m", "bot", "demo", "--no-browser", "--bundle", str(bundle), cwd=tmp_path)
    assert process.stdout
    line = (await asyncio.wait_for(process.stdout.readline(), PATIENCE)).decode()
    port = re.search(r"http://127\.0\.0\.1:(\d+)", line)
    assert port
    process.terminate()
    _, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert (process.returncode, err) == (0, b"")


async def test_what_members_told_outlives_the_process(tmp_path: Path, bundle: Path) -> None:
    async with Playground() as playground:
        async with _running(playground, tmp_path, bundle, data="kept") as process:
            await playground.wait_ready()
            assert "적어 두었어요" in (await playground.command("/생일 등록 3월5일")).content
            process.kill()
            await process.wait()
        assert (tmp_path / "kept" / "dantok.sqlite3").is_file()
        async with _running(playground, tmp_path, bundle, data="kept"):
            await asyncio.sleep(0)
            await playground.wait_ready()
            assert "3월 5일" in (await playground.command("/생일 보기")).content


async def test_birthdays_are_backed_up_and_restored_while_the_bot_runs(tmp_path: Path, bundle: Path) -> None:
    async with Playground() as playground, _running(playground, tmp_path, bundle):
        await playground.wait_ready()
        await playground.command("/생일 등록 3월5일")
        code, out, err = await _bot("backup", "kept.jsonl", cwd=tmp_path)
        assert (code, err) == (0, "")
        assert "rows are in kept.jsonl" in out
        await playground.command("/생일 등록 4월5일")
        code, out, err = await _bot("restore", "kept.jsonl", "--yes", cwd=tmp_path)
        assert (code, err) == (0, "")
        assert "rows are back" in out
        assert "3월 5일" in (await playground.command("/생일 보기")).content
        code, _, err = await _bot("restore", "nothing.jsonl", "--yes", cwd=tmp_path)
        assert (code, len(err.splitlines())) == (1, 1)
        assert "3월 5일" in (await playground.command("/생일 보기")).content


async def test_the_backup_that_the_bot_made_by_itself_is_restored_in_one_command_and_who_was_forgotten_stays_so(
    tmp_path: Path, bundle: Path
) -> None:
    async with Playground() as playground:
        async with _running(playground, tmp_path, bundle, backups_daily="0") as process:
            await playground.wait_ready()
            await playground.command("/생일 등록 3월5일")
            process.terminate()
            await asyncio.wait_for(process.communicate(), PATIENCE)
        async with _running(playground, tmp_path, bundle) as process:
            assert process.stderr
            await _until(process.stderr, b"The backup of the day is in")
            await playground.wait_ready()
            await playground.command("/생일 등록 4월5일")
            (of_today,) = (tmp_path / "data" / "backups").iterdir()
            code, out, err = await _bot("restore", "--yes", cwd=tmp_path)
            assert (code, err) == (0, "")
            assert f"rows are back, from data/backups/{of_today.name}." in out
            assert "-before-restore.jsonl" in out
            assert "3월 5일" in (await playground.command("/생일 보기")).content
            await playground.press(await playground.command("/개인정보 지우기"), "모두 지우기")
            code, out, _ = await _bot("restore", str(of_today), "--yes", cwd=tmp_path)
            assert code == 0
            assert "아직 생일을 몰라요" in (await playground.command("/생일 보기")).content
            code, out, _ = await _bot("withdrawals", cwd=tmp_path)
            assert out.startswith(str(playground.world.me["id"]))


async def test_where_there_is_no_backup_yet_restore_says_so(tmp_path: Path) -> None:
    code, _, err = await _bot("restore", "--yes", cwd=tmp_path)
    assert (code, len(err.splitlines())) == (1, 1)
    assert "There is no backup in data/backups yet" in err


@pytest.mark.parametrize(
    ("language", "note"), [("ko_KR.UTF-8", "1명이 학습에서 빼 달라고"), ("C.UTF-8", "1 asked to be")]
)
async def test_who_withdrew_is_printed_for_the_owner_in_their_language(
    tmp_path: Path, bundle: Path, monkeypatch: pytest.MonkeyPatch, language: str, note: str
) -> None:
    for name, value in (("LC_ALL", ""), ("LC_MESSAGES", language), ("LC_CTYPE", "C.UTF-8")):
        monkeypatch.setitem(processes._HERE, name, value)
    async with Playground() as playground, _running(playground, tmp_path, bundle):
        await playground.wait_ready()
        code, out, err = await _bot("withdrawals", cwd=tmp_path)
        assert (code, out, len(err.splitlines())) == (0, "", 1)
        await playground.press(await playground.command("/개인정보 지우기"), "모두 지우기")
        code, out, err = await _bot("withdrawals", cwd=tmp_path)
    assert code == 0
    assert note in err
    assert re.fullmatch(rf"{playground.world.me['id']}\t20\d\d-\d\d-\d\dT[\d:]+\+00:00\n", out)
    file = tmp_path / "data" / "withdrawals.tsv"
    assert (file.read_text(encoding="utf-8"), file.stat().st_mode & 0o777) == (out, 0o600)


async def test_a_database_that_cannot_be_used_is_one_sentence_without_its_password(
    tmp_path: Path, bundle: Path
) -> None:
    for url, said in (
        ("mysql://a:geheim@localhost/b", "DANTOK_DATABASE_URL"),
        ("postgresql://a:geheim@127.0.0.1:1/b", "cannot be used"),
    ):
        code, _, err = await _bot("run", cwd=tmp_path, bundle=str(bundle), token="a.b.c", database_url=url)
        assert code == 1
        assert said in err
        assert "geheim" not in err
        assert len(err.splitlines()) == 1


async def test_time_passes_in_the_demo_and_every_birthday_on_the_way_is_on_its_day(
    tmp_path: Path, bundle: Path
) -> None:
    steps = ("--once", "/birthday set 2/29")
    words = ("demo", "--bundle", str(bundle), *steps, "--advance", "54w", "--once", "/say 밥 4", "--advance", "12h")
    code, out, err = await _bot(*words, cwd=tmp_path)
    assert (code, err) == (0, "")
    lines = [line.strip() for line in out.splitlines()]
    wishes = [line for line in lines if line.startswith("윤혜야 생일 축하해")]
    days = [lines[lines.index(wish) - 2] for wish in wishes]
    assert days
    assert all(re.match(r"20\d\d-02-2[89] ", day) for day in days), days
    assert "늦었어요" not in out
    assert lines.index("/birthday set 2/29") < lines.index(wishes[0]) < lines.index("/say 밥 4")
    code, _, err = await _bot("demo", "--advance", "30x", cwd=tmp_path)
    assert code == 2
    assert "30d" in err
