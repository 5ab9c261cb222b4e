"""Everything around the messages: channels, language, phone, losing the connection."""

import re

import pytest
from playwright.async_api import Browser, BrowserContext, expect

from playground import Playground
from tests.playground.browser import PHONE, Chat, open_chat, visitor
from tests.playground.guest_bot import guest

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_news_in_another_channel_is_marked_until_it_is_read(chat: Chat, playground: Playground) -> None:
    other = chat.page.locator("#channels").get_by_role("button", name="맛집")
    playground.say("국밥 먹을 사람", member="정훈", channel="맛집")
    await expect(other.locator(".dot")).to_be_visible()
    await expect(chat.page).to_have_title(re.compile("^• "))
    await chat.enter("맛집")
    await chat.answered("국밥 먹을 사람")
    await expect(other.locator(".dot")).to_have_count(0)


async def test_commands_work_in_direct_messages(chat: Chat) -> None:
    await chat.enter("단톡")
    await chat.send("/echo 귓속말 times:1")
    await chat.answered("귓속말")


async def test_what_works_on_servers_alone_is_not_offered_in_direct_messages(chat: Chat) -> None:
    await chat.write("/gal")
    await expect(chat.suggestions).to_have_text(["/gallery사진들을 보여줘요"])
    await chat.enter("단톡")
    await chat.write("/gal")
    await expect(chat.suggestions).to_have_count(0)
    await chat.page.keyboard.press("Enter")
    await expect(chat.page.locator(".note")).to_contain_text("/gal 명령은 없어요")
    await chat.box.fill("/gallery ")
    await chat.page.keyboard.press("Enter")
    await expect(chat.page.locator(".note")).to_contain_text("/gallery 명령은 여기서 쓸 수 없어요")
    await chat.box.fill("")


async def test_of_a_group_it_is_the_command_in_it_that_there_is_not(chat: Chat) -> None:
    await chat.box.fill("/diary burn 오늘")
    await chat.page.keyboard.press("Enter")
    await expect(chat.page.locator(".note")).to_contain_text("/diary burn 명령은 없어요")
    await chat.box.fill("")


async def test_on_a_phone_what_a_command_does_is_read_to_its_end(browser: Browser, playground: Playground) -> None:
    async with visitor(browser, size=PHONE) as context, open_chat(context, playground.url) as chat:
        await chat.write("/")
        said = chat.suggestions.locator(".muted")
        assert await said.count() > 5
        await said.evaluate_all(
            "all => all.forEach(one => (one.textContent = '관리자: 저를 부르면 답할지 '.repeat(3)))"
        )
        assert await said.evaluate_all("all => all.filter(one => one.scrollWidth > one.clientWidth + 1).length") == 0


@pytest.mark.parametrize(
    ("browsers", "title", "answer"),
    [
        ("en-GB", "Message #일상", "/echo"),
        ("de-DE", "Message #일상", "/echo"),
        ("ko-KR", "#일상에 메시지 보내기", "/따라해"),
    ],
)
async def test_a_newcomer_is_met_in_the_language_of_the_browser(
    browser: Browser, playground: Playground, browsers: str, title: str, answer: str
) -> None:
    async with visitor(browser, locale=browsers) as context, open_chat(context, playground.url) as chat:
        await expect(chat.box).to_have_attribute("placeholder", title)
        await expect(chat.page.locator("html")).to_have_attribute("lang", "ko" if browsers == "ko-KR" else "en-US")
        await chat.send("/echo hi times:1")
        await expect(chat.last).to_contain_text(answer)


async def test_the_language_switch_changes_page_and_commands_and_is_remembered(newcomer: Chat) -> None:
    await newcomer.page.get_by_role("button", name="언어: English").click()
    await expect(newcomer.page.locator("#people h2").first).to_contain_text("Online")
    await newcomer.write("/ec")
    await expect(newcomer.suggestions).to_contain_text(["/echo"])
    await newcomer.page.reload()
    await expect(newcomer.box).to_have_attribute("placeholder", "Message #일상")


async def test_a_phone_shows_the_room_and_slides_in_the_rest(browser: Browser, playground: Playground) -> None:
    async with (
        visitor(browser, size=PHONE, has_touch=True, is_mobile=True) as context,
        open_chat(context, playground.url) as chat,
    ):
        await chat.page.get_by_role("button", name="채널 목록 열기").tap()
        await chat.page.locator("#channels").get_by_role("button", name="시험기간").tap()
        await expect(chat.page.locator("#heading h1")).to_have_text("시험기간")
        await expect(chat.page.locator("#left")).not_to_be_in_viewport()
        await expect(chat.page.locator("#heading .topic")).to_be_hidden()  # there is no room for a sensible part of it
        await chat.page.get_by_role("button", name="사람 목록").tap()
        await expect(chat.page.locator("#people")).to_be_in_viewport()
        await chat.page.locator("#scrim").tap(position={"x": 20, "y": 300})
        await expect(chat.page.locator("#people")).to_be_hidden()
        await chat.box.fill(f"/echo {'아주긴말' * 30} times:1")
        await chat.page.get_by_role("button", name="보내기").tap()
        await chat.answered("아주긴말아주긴말")
        await chat.send("/panel ")
        await chat.answered("눌러 보세요")
        assert await chat.page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
        box = await chat.box.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= PHONE[1]


async def test_every_control_has_a_name(chat: Chat) -> None:
    await chat.send("/panel ")
    await chat.answered("눌러 보세요")
    script = """() => [...document.querySelectorAll("button, a, input, textarea")]
        .filter((node) => !node.ariaLabel && !node.textContent.trim()).map((node) => node.outerHTML)"""
    assert await chat.page.evaluate(script) == []


async def test_the_page_comes_back_by_itself_after_the_server_was_gone(regular: BrowserContext) -> None:
    async with Playground() as first:
        chat = await regular.new_page()
        await chat.goto(first.url)
        driven = Chat(chat)
        await expect(driven.banner).to_contain_text("봇이 꺼져 있어요")
    await expect(driven.banner).to_contain_text("연결이 끊겼어요")
    await driven.send("아무도 없나")
    await expect(chat.locator(".note")).to_contain_text("보내지 못했어요")
    await expect(driven.box).to_have_value("아무도 없나")
    async with Playground(port=first.port) as second, guest(second):
        await expect(driven.banner).to_be_hidden()
        await driven.box.fill("")
        await driven.send("/echo 돌아왔다 times:1")
        await driven.answered("돌아왔다")
        await chat.close()
