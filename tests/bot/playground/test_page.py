"""The page in a real browser, against the real playground, with a real discord.py bot behind it."""

import asyncio
import base64
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, expect

from bot.playground import Playground
from tests.bot.playground.browser import PHONE, Chat, chromium, executable, open_chat, visitor
from tests.bot.playground.guest_bot import GuestBot

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(executable() is None, reason="no Chromium is installed (Debian: apt-get install chromium)"),
]
module_fixture = pytest_asyncio.fixture(scope="module", loop_scope="module")
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGP8z8DAwMDAxMDAwMDAAAANHQEDasKb6QAAAABJRU5ErkJggg=="
)


@asynccontextmanager
async def guest(playground: Playground) -> AsyncIterator[GuestBot]:
    """Log the guest bot in, and out again."""
    with playground.redirect():
        bot = GuestBot()
        running = asyncio.create_task(bot.start(playground.TOKEN))
        await playground.wait_ready()
        yield bot
        await bot.close()
        await running


@module_fixture
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as running:
        yield running


@module_fixture
async def playground() -> AsyncIterator[Playground]:
    async with Playground(answer_within=1.0) as running, guest(running):
        yield running


@module_fixture
async def regular(browser: Browser) -> AsyncIterator[BrowserContext]:
    """Somebody who comes again and again, so that the browser need not fetch everything anew."""
    async with visitor(browser) as context:
        yield context


@module_fixture
async def open_page(regular: BrowserContext, playground: Playground) -> AsyncIterator[Chat]:
    async with open_chat(regular, playground.url) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def chat(open_page: Chat) -> Chat:
    """The page that most tests share, as opening one takes longer than most of them."""
    await open_page.settle("일상")
    return open_page


@pytest_asyncio.fixture(loop_scope="module")
async def newcomer(browser: Browser, playground: Playground) -> AsyncIterator[Chat]:
    async with visitor(browser) as context, open_chat(context, playground.url) as opened:
        yield opened


async def test_a_command_is_completed_by_keys_and_its_fields_are_filled_in(chat: Chat) -> None:
    await chat.write("/따")
    await expect(chat.suggestions).to_have_count(1)
    await chat.page.keyboard.press("Tab")
    await chat.page.keyboard.type("안녕")
    await chat.page.keyboard.press("Tab")
    await chat.page.keyboard.type("3")
    await chat.page.keyboard.press("Enter")
    row = await chat.answered("안녕 안녕 안녕")
    await expect(row).to_contain_text("윤혜 님이 /따라해 사용")
    await expect(row.locator(".tag")).to_have_text("앱")


async def test_the_mouse_alone_completes_a_command(chat: Chat) -> None:
    await chat.page.get_by_role("button", name="명령 보기").click()
    await chat.suggestions.filter(has_text="/따라해").click()
    await chat.field("말").fill("쥐")
    await chat.field("번").fill("1")
    await chat.page.get_by_role("button", name="크게 추가").click()
    await chat.suggestions.filter(has_text="거짓").click()
    await chat.page.get_by_role("button", name="보내기", exact=True).click()
    await expect(chat.last.locator(".prose")).to_have_text("쥐")


async def test_a_command_typed_as_text_is_understood(chat: Chat) -> None:
    for typed, answer in {
        "/echo 하나 2": "하나 하나",
        "/따라해 둘 2": "둘 둘",
        "/echo words:셋 times:1": "셋",
        "/따라해 번:2 말:넷 다섯": "넷 다섯 넷 다섯",
        "/echo 오늘 점심 2": "오늘 점심 오늘 점심",
        '/echo "여 섯" 1': "여 섯",
        "/echo abc 2 참": "ABC ABC",
        "/diary write 좋음 @정훈": "좋음/good 정훈",
    }.items():
        await chat.send(typed)
        await expect(chat.last.locator(".prose")).to_have_text(answer)


async def test_what_discord_would_refuse_is_said_at_the_field_and_not_sent(chat: Chat) -> None:
    before = await chat.messages.count()
    for typed, complaint in {
        "/echo 말 9": "5 이하여야 해요",
        "/echo 말 많이": "정수를 넣어 주세요",
        "/echo 말": "꼭 필요해요",
        "/diary write 보통": "목록에서 골라 주세요",
    }.items():
        await chat.send(typed)
        await expect(chat.page.locator(".field-error:not(:empty)")).to_have_text([complaint])
        await chat.page.keyboard.press("Escape")
    assert await chat.messages.count() == before


async def test_an_unknown_command_is_named(chat: Chat) -> None:
    await chat.send("/없는것 1")
    await expect(chat.page.get_by_role("alert").filter(has_text="/없는것")).to_be_visible()


async def test_enter_does_not_send_while_a_syllable_is_being_composed(chat: Chat) -> None:
    before = await chat.messages.count()
    await chat.box.click()
    ime = await chat.page.context.new_cdp_session(chat.page)
    await ime.send("Input.imeSetComposition", {"text": "안녀", "selectionStart": 2, "selectionEnd": 2})
    await chat.box.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    await expect(chat.box).to_have_value("안녀")
    await ime.send("Input.insertText", {"text": "안녕"})
    await chat.page.keyboard.press("Enter")
    await chat.answered("안녕")
    assert await chat.messages.count() == before + 1


async def test_autocomplete_asks_the_bot_and_sends_the_value_behind_the_label(chat: Chat) -> None:
    await chat.write("/pick ")
    await chat.page.keyboard.press("Tab")
    await chat.page.keyboard.type("수")
    await expect(chat.suggestions).to_have_text(["수박 한 개"])
    await chat.page.keyboard.press("ArrowDown")
    await chat.page.keyboard.press("Enter")
    await expect(chat.field("과일")).to_have_value("수박 한 개")
    await chat.page.keyboard.press("Enter")
    await expect(chat.last.locator(".prose")).to_have_text("수박!")


async def test_a_button_changes_its_message_and_keeps_the_focus(chat: Chat) -> None:
    await chat.send("/panel ")
    row = await chat.answered("눌러 보세요")
    await expect(row.get_by_role("button", name="꺼짐")).to_be_disabled()
    await expect(row.get_by_role("link", name="문서")).to_have_attribute("href", "https://example.com/")
    await row.get_by_role("button", name="더하기").click()
    await chat.answered("1번 눌렀어요")
    await expect(chat.last.get_by_role("button", name="더하기")).to_be_focused()
    await chat.page.keyboard.press("Enter")
    await chat.answered("2번 눌렀어요")


async def test_a_press_that_nobody_answers_is_said_to_have_failed(chat: Chat) -> None:
    await chat.send("/panel ")
    row = await chat.answered("눌러 보세요")
    await row.get_by_role("button", name="조용히").click()
    await expect(row.get_by_role("button", name="조용히")).to_have_attribute("aria-busy", "true")
    await expect(chat.last.get_by_role("alert")).to_contain_text("답하지 않았어요")
    await expect(chat.last.get_by_role("button", name="조용히")).not_to_have_attribute("aria-busy", "true")


async def test_a_message_that_the_bot_deletes_goes(chat: Chat) -> None:
    await chat.send("/panel ")
    row = await chat.answered("눌러 보세요")
    await row.get_by_role("button", name="지우기").click()
    await expect(row).to_have_count(0)


async def test_a_select_offers_its_options_to_the_keyboard(chat: Chat) -> None:
    await chat.send("/panel ")
    row = await chat.answered("눌러 보세요")
    await row.get_by_role("button", name="과일 고르기").click()
    await expect(chat.page.locator(".choice")).to_have_count(5)
    await chat.page.keyboard.press("ArrowDown")
    await chat.page.keyboard.press("Enter")
    await chat.answered("고른 것: 살구")


async def test_a_form_is_filled_in_and_sent(chat: Chat) -> None:
    await chat.send("/form ")
    form = chat.page.get_by_role("dialog", name="한마디")
    await expect(form.get_by_label("이름")).to_be_focused()
    await form.get_by_role("button", name="보내기").click()
    await expect(form).to_be_visible()  # the name is required
    await form.get_by_label("이름").fill("다빈")
    await form.get_by_label("하고 싶은 말").fill("첫 줄\n둘째 줄")
    await form.get_by_role("button", name="보내기").click()
    await expect(form).to_have_count(0)
    await chat.answered("다빈: 첫 줄\n둘째 줄")
    await expect(chat.page.locator(".attempt")).to_have_count(0)


async def test_only_the_asker_sees_an_ephemeral_answer_and_may_dismiss_it(
    chat: Chat, regular: BrowserContext, playground: Playground
) -> None:
    async with open_chat(regular, playground.url) as friend:
        await friend.become("정훈")
        await chat.send("/secret ")
        await chat.answered("단톡 생각하는 중…")
        row = await chat.answered("쉿, 비밀이에요")
        await expect(row).to_contain_text("나에게만 보이는 메시지")
        await expect(friend.page.get_by_text("쉿, 비밀이에요")).to_have_count(0)
        await row.get_by_role("button", name="지우기").click()
        await expect(chat.page.get_by_text("쉿, 비밀이에요")).to_have_count(0)


async def test_a_command_that_nobody_answers_fails_and_can_be_dismissed(chat: Chat) -> None:
    await chat.send("/silent ")
    await chat.answered("/silent 보내는 중…")
    row = await chat.answered("답하지 않았어요")
    await row.get_by_role("button", name="지우기").click()
    await expect(chat.page.locator(".attempt")).to_have_count(0)


async def test_a_picture_is_uploaded_shown_and_enlarged(chat: Chat) -> None:
    await chat.write("/show ")
    await chat.page.keyboard.press("Tab")
    await chat.page.locator("input[type=file]").set_input_files(
        {"name": "점.png", "mimeType": "image/png", "buffer": DOT}
    )
    await expect(chat.field("photo")).to_have_value("점.png")
    await chat.field("photo").press("Enter")
    row = await chat.answered(str(len(DOT)))
    await expect(row.locator(".picture img")).to_have_js_property("naturalWidth", 2)
    await row.locator(".picture").click()
    await expect(chat.page.get_by_role("dialog").locator("img")).to_be_visible()
    await chat.page.keyboard.press("Escape")
    await expect(chat.page.get_by_role("dialog")).to_have_count(0)


async def test_markup_in_messages_stays_text(chat: Chat) -> None:
    await chat.send("/dressed ")
    row = await chat.answered("<b id=injected>태그</b> <img src=x onerror=alert(1)>")
    await chat.send("<script>window.hurt = 1</script> [글](javascript:alert(1)) <img src=x onerror=window.hurt=1>")
    await chat.answered("<script>window.hurt = 1</script> [글](javascript:alert(1))")
    assert await chat.page.evaluate(
        "[window.hurt, document.querySelectorAll('#injected, .prose img, .prose script').length]"
    ) == [None, 0]
    assert (
        await row.evaluate(
            "row => ['strong', 'em', 's', 'blockquote', 'small', 'pre'].filter(tag => !row.querySelector(tag))"
        )
        == []
    )
    await expect(row.locator(".spoiler > span")).to_have_css("opacity", "0")
    await row.locator(".spoiler").click()
    await expect(row.locator(".spoiler > span")).to_have_css("opacity", "1")


MARKDOWN = {
    "***둘 다***": "strong em",
    "snake_case_name 2*3*4": "em",
    "a_b_c": "",
    r"\*별\*": "",
    "`**코드**`": "code",
    "~~**안**~~": "s strong",
    "# 제목": "h3",
    "- 하나\n- 둘": ".item",
    "https://example.com/a_b_c": "a",
    "<@1> @everyone": ".mention .everyone",
    "||*숨김*||": ".spoiler em",
    "** 빈 **": "strong",
    "**열림 *만": "",
}


async def test_markdown_reads_as_on_discord(chat: Chat) -> None:
    script = """async ([texts, tags]) => {
        const { prose } = await import("/page/prose.js");
        const nodes = texts.map((text) => prose(text, { store: { members: new Map(), guild: {} } }));
        return nodes.map((node) => tags.filter((tag) => node.querySelector(tag)));
    }"""
    tags = ["strong", "em", "s", "code", "h3", ".item", "a", ".mention", ".everyone", ".spoiler"]
    found = await chat.page.evaluate(script, [list(MARKDOWN), tags])
    assert {text: set(one) for text, one in zip(MARKDOWN, found, strict=True)} == {
        text: set(expected.split()) for text, expected in MARKDOWN.items()
    }


async def test_hostile_markdown_takes_no_time(chat: Chat) -> None:
    script = """async () => {
        const { parse } = await import("/page/markdown.js");
        const before = performance.now();
        for (const sign of ["*", "_", "`", "~~", "||", "> ", "[a](", "<", "**_", "\\n> "]) parse(sign.repeat(2000).slice(0, 4000));
        return performance.now() - before;
    }"""
    assert await chat.page.evaluate(script) < 1500


async def test_a_newcomer_gets_examples_that_work_by_one_click_and_enter(newcomer: Chat) -> None:
    await expect(newcomer.page.locator("#hint")).to_contain_text("처음이세요?")
    await newcomer.page.locator("#hint .chip").first.click()
    await expect(newcomer.box).to_have_value("/따라해 윤혜 5")
    await newcomer.page.keyboard.press("Enter")
    await newcomer.answered("윤혜 윤혜 윤혜 윤혜 윤혜")
    await expect(newcomer.page.locator("#hint")).to_be_hidden()


async def test_what_was_sent_comes_back_by_the_arrow_key(chat: Chat) -> None:
    await chat.send("첫째 말")
    await chat.send("/echo 둘 2")
    await chat.answered("둘 둘")
    await chat.page.keyboard.press("ArrowUp")
    await expect(chat.box).to_have_value("/echo 둘 2")
    await chat.page.keyboard.press("Escape")
    await chat.page.keyboard.press("ArrowUp")
    await expect(chat.box).to_have_value("첫째 말")


async def test_news_in_another_channel_is_marked_until_it_is_read(chat: Chat, playground: Playground) -> None:
    other = chat.page.locator("#channels").get_by_role("button", name="맛집")
    playground.say("국밥 먹을 사람", member="정훈", channel="맛집")
    await expect(other.locator(".dot")).to_be_visible()
    await expect(chat.page).to_have_title(re.compile("^• "))
    await chat.enter("맛집")
    await chat.answered("국밥 먹을 사람")
    await expect(other.locator(".dot")).to_have_count(0)


async def test_a_draft_stays_with_its_channel(chat: Chat) -> None:
    await chat.write("쓰다 만 말")
    await chat.enter("생일")
    await expect(chat.box).to_have_value("")
    await chat.enter("일상")
    await expect(chat.box).to_have_value("쓰다 만 말")


async def test_commands_work_in_direct_messages(chat: Chat) -> None:
    await chat.enter("단톡")
    await chat.send("/echo 귓속말 1")
    await chat.answered("귓속말")


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
        await chat.page.get_by_role("button", name="사람 목록").tap()
        await expect(chat.page.locator("#people")).to_be_in_viewport()
        await chat.page.locator("#scrim").tap(position={"x": 20, "y": 300})
        await expect(chat.page.locator("#people")).to_be_hidden()
        await chat.box.fill(f"/echo {'아주긴말' * 30} 1")
        await chat.page.get_by_role("button", name="보내기").tap()
        await chat.answered("아주긴말아주긴말")
        await chat.send("/panel ")
        await chat.answered("눌러 보세요")
        assert await chat.page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
        box = await chat.box.bounding_box()
        assert box and box["y"] + box["height"] <= PHONE[1]


async def test_every_control_has_a_name(chat: Chat) -> None:
    await chat.send("/panel ")
    await chat.answered("눌러 보세요")
    nameless = "() => [...document.querySelectorAll('button, a, input, textarea')].filter((node) => !node.ariaLabel && !node.textContent.trim()).map((node) => node.outerHTML)"
    assert await chat.page.evaluate(nameless) == []


async def test_long_history_is_shown_from_its_end_and_stays_there(chat: Chat, playground: Playground) -> None:
    await chat.enter("여행계획")
    for number in range(150):
        playground.say(f"메시지 {number}", member="은결", channel="여행계획")
    await chat.answered("메시지 149")
    await expect(chat.last).to_be_in_viewport()
    await chat.page.locator("#scroll").evaluate("node => node.scrollTop = 0")
    await expect(chat.page.get_by_role("button", name="새 메시지로 가기")).to_be_visible()
    playground.say("늦은 메시지", member="은결", channel="여행계획")
    await chat.answered("늦은 메시지")
    await expect(chat.last).not_to_be_in_viewport()
    await chat.page.get_by_role("button", name="새 메시지로 가기").click()
    await expect(chat.last).to_be_in_viewport()


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
        await expect(driven.banner).to_be_hidden(timeout=12_000)
        await driven.box.fill("")
        await driven.send("/echo 돌아왔다 1")
        await driven.answered("돌아왔다")
        await chat.close()
