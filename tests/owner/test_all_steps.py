"""The whole way, by the page in a real browser and by `dantok all` in turn: from an export to a bot that answers.

An export is dropped, people agree, the disk is full in the middle, it learns on with the page closed, answers, learns
faces from photos, and is started on a local Discord by the real client; then the terminal finds nothing left to do.

With ``SCREENSHOTS=docs/images`` in the environment it also takes the pictures of the README, from a whole training of
some months of the sample room, which takes its time: give ``-o faulthandler_timeout=0``.
"""

import asyncio
import io
import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit
from zipfile import ZipFile

import pytest
from PIL import Image
from playwright.async_api import Browser, BrowserContext, Page, expect

from bot.bundle import Bundle
from bot.default_bundle import DEMO_BUNDLE
from bot.inference.models import open_models
from owner import faces, learn
from owner.page.controller import ProjectController
from owner.page.server import OwnerPage
from owner.project import Project
from tests.owner.test_discord import TOKEN, Discord
from tests.patience import PATIENCE
from tests.playground.browser import DESKTOP, PHONE, chromium, executable, visitor
from training.faces.data.labels import ATTRIBUTES, read_labels
from training.samples.room import sample_room
from training.text.leaks.canaries import EACH, TIMES
from training.text.leaks.report import LeakReport

pytestmark = [
    pytest.mark.skipif(executable() is None, reason="Chromium is not installed"),
    pytest.mark.skipif(os.name != "posix", reason="a full disk is tried by a limit that POSIX has"),
]

STEPS = ("chat", "people", "learn", "faces", "listen", "discord")
SCREENSHOTS = os.environ.get("SCREENSHOTS")
TINY = "--from-nothing --network=gru --hidden=16 --epochs=2 --no-answers --no-fill"
FLAGS = [] if SCREENSHOTS else TINY.split()
AT_WORK = 3_600_000.0 if SCREENSHOTS else 5000.0 * PATIENCE
PICTURES = {("chat", "desktop"): "owner", ("learn", "desktop"): "owner-learn", ("people", "phone"): "owner-phone"}
FACE, PHOTOS = 32, 12
WORDS = (
    "사진 카메라 필름 전시 회장 총무 시험 과제 수업 학교 도서관 지하철 버스 커피 점심 저녁 아침 라면 김밥 치킨 피자 "
    "떡볶이 냉면 고기 우유 사과 딸기 바다 하늘 구름 바람 여름 겨울 가을 주말 방학 생일 선물 노래 영화 드라마 게임 운동 "
    "축구 산책 여행 친구 가족 강아지 고양이 컴퓨터"
)
"""Secrets are of words that three people or more have said eight times."""

DROP = """([place, name, text]) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([text], name));
  place.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
}"""
# `dantok`, but for where Discord is and how large a file the disk has room for.
DANTOK = """
import sys
url, most, lines = sys.argv.pop(1), int(sys.argv.pop(1)), int(sys.argv.pop(1))
from owner import learn
learn.LEAK_LINES = lines
if most:
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
from owner.__main__ import main
from playground.redirect import redirected
with redirected(url):
    main()
"""
# Read by every Python that starts: the bot that the page starts has no other Discord.
SITE = """
import sys
if sys.orig_argv[-2:] == ["bot", "run"]:
    from playground.redirect import redirected
    kept = redirected({url!r})
    kept.__enter__()
"""


@dataclass(frozen=True)
class Group:
    """A group on its way: its project, and the local Discord that it is going to."""

    project: Project
    discord: Discord

    async def dantok(self, *words: str | Path, most: int = 0) -> tuple[int, str]:
        """Run `dantok all` at a Korean terminal; return its exit code and what it said."""
        environment = os.environ | {"LC_ALL": "ko_KR.UTF-8", "COLUMNS": "150", "PYTHONUTF8": "1"}
        flags = [f"--training={flag}" for flag in FLAGS]
        command = [self.discord.url, most, learn.LEAK_LINES, "--project", self.project.folder, "all", *words, *flags]
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", DANTOK, *map(str, command)),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment,
        )
        said, _ = await process.communicate()
        assert process.returncode is not None
        assert TOKEN not in said.decode()
        assert "Traceback" not in said.decode()
        return process.returncode, said.decode()


@pytest.fixture
async def group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Group]:
    """Return a group that has begun nothing; what it starts computes on one core, on small faces."""
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    for name, value in {"SIZE": FACE, "_STEPS": 4, "_EVERY": 2, "_WIDTH": 4}.items():
        monkeypatch.setattr(faces, name, value)
    if not SCREENSHOTS:
        monkeypatch.setattr(learn, "LEAK_LINES", 20)
    async with Discord() as discord:
        (tmp_path / "site").mkdir()
        (tmp_path / "site" / "sitecustomize.py").write_text(SITE.format(url=discord.url), encoding="utf-8")
        monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"), prepend=os.pathsep)
        with discord.redirect():
            yield Group(Project(tmp_path / "우리 방"), discord)


@asynccontextmanager
async def opened(context: BrowserContext, url: str) -> AsyncIterator[Page]:
    """Open the page; its scripts must not fail, and it must talk to nobody but this machine."""
    page, errors, hosts = await context.new_page(), list[str](), set[str]()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: line.type == "error" and errors.append(line.text))
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname or ""))
    await page.goto(url)
    await page.locator("#step h1").wait_for()
    yield page
    await page.close()
    assert errors == []
    assert hosts <= {"127.0.0.1", ""}


async def go(page: Page, step: str) -> None:
    await page.locator(f"#to-{step}").click()
    await expect(page.locator(f"#to-{step}")).to_have_attribute("aria-current", "step")


def room() -> str:
    """Return an export: of the sample room, too little for songs and scenes, with words to make secrets of."""
    lines = sample_room().decode().splitlines()
    if SCREENSHOTS:
        return "\n".join(lines[:3_400])
    everybody = next(at for at, line in enumerate(lines) if " 3월 11일 " in line)  # two join on the tenth
    said = [f"[{name}] [오전 9:00] {word}" for name in ("윤혜", "정훈", "다빈", "현지") for word in 2 * WORDS.split()]
    return "\n".join([*lines[:3], lines[everybody], *said, *lines[everybody + 1 :][:325]])


async def drop_an_export(page: Page) -> None:
    place = await page.locator(".drop").element_handle()
    await page.evaluate(DROP, [place, "우리방.txt", room()])
    await expect(page.locator(".figures")).to_contain_text("9사람", timeout=AT_WORK)
    await expect(page.locator(".file")).to_contain_text("우리방.txt")
    await expect(page.locator(".counts").first).to_contain_text("빼낸 개인정보")
    await expect(page.locator(".counts").last).to_contain_text("날짜 줄")
    await expect(page.locator("#step")).to_contain_text("윤혜")


async def let_people_agree(page: Page) -> None:
    await page.get_by_role("link", name="사람들").last.click()
    await expect(page.locator(".note.warn")).to_contain_text("아직 좋다고 한 사람이 없어요")
    await page.get_by_text("방에 올려서 물어볼 글").click()
    await page.get_by_role("button", name="복사하기").click()
    assert "/개인정보 지우기" in await page.evaluate("navigator.clipboard.readText()")
    await page.get_by_role("radiogroup", name="민서 님의 대답").get_by_text("싫대요").click()
    for name in ("태오", "서진"):
        await page.get_by_role("checkbox", name=f"{name} 고르기").check()
    await page.get_by_role("button", name="한 사람으로 합치기").click()
    await page.get_by_role("button", name="서진, 태오에게서 떼어 내기").click()
    await expect(page.locator(".chip")).to_have_count(0)
    await page.locator("#everyone").click()
    await expect(page.locator(".note.good")).to_contain_text("9명 가운데 8명이 좋다고 했어요")


async def fill_the_disk(page: Page, group: Group) -> None:
    """Learn from the terminal until the disk is full: one sentence there and on the page, and nothing is lost."""
    code, said = await group.dantok(most=60_000)
    assert code == 1
    assert "없어요" in said.splitlines()[-1]
    await go(page, "learn")
    await expect(page.locator(".note.bad")).to_contain_text("없어요")


async def let_it_learn(page: Page, browser_of: BrowserContext) -> Page:
    """Press the button, close the page while it learns, and come back to the end."""
    await go(page, "learn")
    await page.locator("#learn").click()
    await expect(page.locator(".stages .running")).to_be_visible()
    url = page.url
    await page.close()
    again = await browser_of.new_page()
    await again.goto(url)
    await expect(again.locator("#stop_learning")).to_be_visible()
    await expect(again.locator(".verdict")).to_contain_text("적어요", timeout=AT_WORK)
    await expect(again.locator("#to-learn")).to_have_class("done", timeout=AT_WORK)
    await expect(again.locator(".note")).to_have_count(0)  # nothing has changed since, and nothing is given away
    await expect(again.frame_locator("iframe.quality").locator("h1")).to_be_visible()
    return again


def see_what_it_gives_away(project: Project) -> None:
    """Find that secrets were planted in a copy of the room, and looked for in what that and the voice say."""
    report = LeakReport.read(project.words / "leaks.json")
    assert report.exposure is not None
    assert report.exposure.secrets == len(TIMES) * EACH
    assert report.extracted is not None
    assert (report.extracted.lines >= learn.LEAK_LINES, report.extracted.secrets) == (True, 0)
    assert report.said is not None
    assert Bundle.open(project.bundle).manifest.made["leaks"] == report.in_words()


async def hear_an_answer(page: Page) -> None:
    await go(page, "listen")
    await page.locator("#listen").click()
    await expect(page.locator("iframe.chat")).to_be_visible(timeout=AT_WORK)
    chat = page.frame_locator("iframe.chat")
    await expect(chat.locator(".message").last).to_be_visible(timeout=AT_WORK)
    await chat.locator("#composer textarea").fill("/말해 단어:오늘 개수:3")
    await chat.locator("#composer textarea").press("Enter")
    await expect(chat.locator(".message").last).to_contain_text("AI 모델이 지어낸 말이에요")
    await expect(chat.locator(".message").last).to_contain_text("오늘")
    await page.get_by_role("button", name="채팅방 닫기").click()
    await expect(page.locator("#listen")).to_be_visible()


@cache
def zipped_photos() -> bytes:
    """Return photos of people who do not exist, every other of whom smiles."""
    artist, packed = open_models(DEMO_BUNDLE).artist, io.BytesIO()
    assert artist is not None
    with ZipFile(packed, "w") as archive:
        for at in range(PHOTOS):
            name = f"{at:02} 웃음.jpg" if at % 2 else f"{at:02}.jpg"
            (face,) = artist.varied(at, "Smiling", [2.0 if at % 2 else -1.5], "aam")
            photo = Image.new("RGB", (360, 360), (120, 130, 140))
            photo.paste(Image.fromarray(face).resize((256, 256)), (52, 52))
            with archive.open(name, "w") as entry:
                photo.save(entry, "JPEG")
    return packed.getvalue()


async def learn_faces(page: Page, project: Project) -> None:
    """Drop a zip, say of each face by a key whether it smiles, correct one by a click, and let the rest be done."""
    await go(page, "faces")
    photos = {"name": "사진.zip", "mimeType": "application/zip", "buffer": zipped_photos()}
    await page.locator("#choose-photos").set_input_files([photos])
    await expect(page.get_by_text(f"사진 {PHOTOS}장을 살펴보고 있어요")).to_be_visible()
    await expect(page.locator(".tile")).to_have_count(PHOTOS, timeout=AT_WORK)
    await expect(page.locator("#attribute")).to_contain_text("앞머리")
    names = [unquote(str(await image.get_attribute("src"))) for image in await page.locator(".tile img").all()]
    await page.locator("#face-0").focus()
    for name in names[:-2]:
        await page.keyboard.press("1" if "웃음" in name else "2")
    await page.keyboard.press("3")
    await expect(page.locator(f"#face-{PHOTOS - 2}")).to_have_attribute("data-label", "0")
    await page.locator(f"#face-{PHOTOS - 2}").click()
    await expect(page.locator(f"#face-{PHOTOS - 2}")).to_have_attribute("data-label", "1")
    await page.keyboard.press("2")
    await expect(page.locator(f"#face-{PHOTOS - 2}")).to_have_attribute("data-label", "-1")
    await expect(page.locator(".sheet")).to_contain_text(f"{PHOTOS}개 가운데 {PHOTOS - 1}개를 표시했어요")
    width = "image => image.decode().then(() => image.naturalWidth)"
    assert await page.locator("#face-1 img").evaluate(width) == FACE
    named = [name.partition("documents/face-")[2] for name in names]
    smiles = read_labels(project.faces / "labels.csv", named)[:, ATTRIBUTES.index("Smiling")]
    assert smiles.tolist() == [-1, 1] * 5 + [-1, 0]
    await page.locator("#fill_labels").click()
    await expect(page.locator("#stop_faces")).to_be_visible()
    await expect(page.locator("#train_faces")).to_be_visible(timeout=AT_WORK)
    assert (project.faces / "labels.filled.csv").is_file()
    await expect(page.locator(f"#face-{PHOTOS - 1}")).not_to_have_attribute("data-label", "0")
    await page.locator("#train_faces").click()
    await expect(page.locator("#stop_faces")).to_be_visible()
    await expect(page.locator("#to-faces")).to_have_class("done", timeout=AT_WORK)
    assert Bundle.open(project.bundle).manifest.models["aam"].size == FACE


async def give_a_token(page: Page, project: Project, browser: Browser, url: str) -> None:
    await go(page, "discord")
    field = page.get_by_label("봇 토큰")
    await field.fill("something else")
    await page.get_by_role("button", name="확인하기").click()
    await expect(page.locator("#problem")).to_contain_text("토큰")
    await field.fill(TOKEN)
    await page.get_by_role("button", name="확인하기").click()
    await expect(page.locator(".note.good").first).to_contain_text("단톡 봇의 토큰을 넣어 두었어요")
    await expect(page.locator(".portal")).to_be_visible()
    link = await page.get_by_role("link", name="서버에 초대하기").get_attribute("href")
    assert re.search(r"discord\.com/oauth2/authorize\?.*permissions=\d+", link or "")
    assert project.dotenv.stat().st_mode & 0o777 == 0o600
    async with visitor(browser) as other, opened(other, f"{url}#discord") as second:
        await expect(second.locator(".note.good").first).to_be_visible()
        for each in (page, second):
            assert TOKEN not in await each.content()


async def start_the_bot(page: Page, discord: Discord) -> None:
    """Press start: the real client comes online with what was learnt, and goes when it is stopped."""
    await page.get_by_role("button", name="켜기", exact=True).click()
    await expect(page.locator(".note.good").last).to_contain_text("봇이 켜져 있어요", timeout=AT_WORK)
    await discord.wait_ready(PATIENCE)
    answer = await discord.command("/말해 단어:오늘 개수:3")
    assert "오늘" in answer.content
    await page.get_by_role("button", name="멈추기").click()
    await expect(page.get_by_role("button", name="켜기", exact=True)).to_be_visible(timeout=AT_WORK)
    assert not discord.gateway.online


def token_and_photos(folder: Path) -> tuple[Path, Path]:
    """Return the files of the token and of the photos, as the terminal takes them."""
    token, photos = folder / "token.txt", folder / "photos.zip"
    token.write_text(f"{TOKEN}\n", encoding="utf-8")
    photos.write_bytes(zipped_photos())
    return token, photos


async def find_nothing_left(group: Group, token: Path, photos: Path) -> None:
    """Give the same in the terminal: nothing is done again, and it ends with the card and how to start the bot."""
    learnt = [folder / "report.json" for folder in (group.project.words, group.project.drawer)]
    before = [report.stat().st_mtime_ns for report in learnt]
    code, said = await group.dantok("--token-file", token, "--photos", photos)
    assert code == 0, said
    assert [report.stat().st_mtime_ns for report in learnt] == before
    assert "적어요" in said
    assert str(group.project.words / "card.html") in said
    assert said.splitlines()[-1].endswith(f'--project "{group.project.folder}" service install')
    assert set(group.project.steps().values()) == {"done"}
    files = (file for file in group.project.folder.rglob("*") if file.is_file())
    assert [file for file in files if TOKEN.encode() in file.read_bytes()] == [group.project.dotenv]


async def test_from_the_drop_of_an_export_to_a_bot_on_discord(group: Group, tmp_path: Path) -> None:
    controller = ProjectController(group.project, FLAGS)
    try:
        async with (
            OwnerPage(controller, port=0) as served,
            chromium() as browser,
            visitor(browser, size=DESKTOP) as person,
        ):
            await person.grant_permissions(["clipboard-read", "clipboard-write"])
            async with opened(person, served.url) as page:
                await drop_an_export(page)
                await let_people_agree(page)
                await fill_the_disk(page, group)
                back = await let_it_learn(page, person)
                see_what_it_gives_away(group.project)
                await hear_an_answer(back)
                await learn_faces(back, group.project)
                await give_a_token(back, group.project, browser, served.url)
                await start_the_bot(back, group.discord)
            await find_nothing_left(group, *token_and_photos(tmp_path))
            for name, size in (("desktop", DESKTOP), ("phone", PHONE)):
                async with visitor(browser, size=size) as again:
                    await every_step_fits(again, served.url, name)
    finally:
        controller.close()


async def every_step_fits(person: BrowserContext, url: str, name: str) -> None:
    """See each step in both languages, none of it wider than the window."""
    async with opened(person, url) as page:
        for language in ("ko", "en"):
            await expect(page.locator("html")).to_have_attribute("lang", language)
            for step in STEPS:
                await go(page, step)
                if SCREENSHOTS and (step, name) in PICTURES:
                    await page.wait_for_timeout(1500)
                    await page.screenshot(path=Path(SCREENSHOTS) / f"{PICTURES[step, name]}.{language}.png")
                wide = await page.locator("#step").evaluate("node => node.scrollWidth - node.clientWidth")
                assert wide <= 0, f"{step} in {language} at {name}"
            await page.locator(".language").click()
