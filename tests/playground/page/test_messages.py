"""What the bot answers, as the page shows it: buttons, selects, forms, ephemeral and failed answers."""

import asyncio

import pytest
from playwright.async_api import Browser, BrowserContext, Route, expect

from playground import Playground
from tests.patience import PATIENCE
from tests.playground.browser import DESKTOP, PHONE, Chat, open_chat, visitor
from tests.playground.guest_bot import guest

pytestmark = pytest.mark.asyncio(loop_scope="session")


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


async def test_a_press_waits_no_longer_than_the_bot_needs_to_take_it(chat: Chat) -> None:
    await chat.send("/panel ")
    row = await chat.answered("눌러 보세요")
    await row.get_by_role("button", name="받기만").click()
    # The page itself gives up after three and a half seconds.
    await expect(row.get_by_role("button", name="받기만")).not_to_have_attribute("aria-busy", "true", timeout=2_500)
    await expect(row.get_by_role("alert")).to_have_count(0)


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
        await expect(row).to_contain_text("나만 볼 수 있는 메시지")
        await expect(friend.page.get_by_text("쉿, 비밀이에요")).to_have_count(0)
        await row.get_by_role("button", name="메시지 닫기").click()
        await expect(chat.page.get_by_text("쉿, 비밀이에요")).to_have_count(0)


async def test_a_command_that_nobody_answers_fails_and_can_be_dismissed(chat: Chat) -> None:
    await chat.send("/silent ")
    await chat.answered("/silent 보내는 중…")
    row = await chat.answered("답하지 않았어요")
    await row.get_by_role("button", name="메시지 닫기").click()
    await expect(chat.page.locator(".attempt")).to_have_count(0)


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


SIZES = {"desktop": (DESKTOP, {}), "phone": (PHONE, {"has_touch": True, "is_mobile": True})}


@pytest.mark.parametrize("width", SIZES)
async def test_the_newest_stays_in_sight_while_pictures_come_slowly(
    browser: Browser, playground: Playground, width: str
) -> None:
    size, options = SIZES[width]
    async with visitor(browser, size=size, **options) as context, open_chat(context, playground.url) as chat:
        heights = []
        arrived = asyncio.Event()
        await chat.page.route("**/attachments/**", lambda route: _later(route, arrived))
        for _ in range(3):
            await chat.send("/gallery")
            row = await chat.answered("사진이에요")
            heights.append(await row.evaluate("row => row.offsetHeight"))
        arrived.set()
        await expect(row.locator("img")).to_have_count(4)
        for image in await row.locator("img").all():
            await expect(image).to_have_js_property("complete", True)
            assert (
                await image.evaluate("one => Math.abs(one.width / one.height - one.naturalWidth / one.naturalHeight)")
                < 0.02
            )
        assert await row.evaluate("row => row.offsetHeight") == pytest.approx(heights[-1], abs=2)
        await _expect_at_the_end(chat)
        await expect(chat.page.get_by_role("button", name="새 메시지로 가기")).to_be_hidden()


async def test_only_a_persons_own_scroll_leaves_the_newest_and_sending_comes_back(browser: Browser) -> None:
    async with (
        Playground() as playground,
        guest(playground),
        visitor(browser) as context,
        open_chat(context, playground.url) as chat,
    ):
        for _ in range(2):
            await chat.send("/gallery")
            await chat.answered("사진이에요")
        # What is above grows by itself, as a picture of unknown size does; then the input, then the window shrinks.
        await chat.page.locator(".message").first.evaluate("row => row.style.paddingBottom = '900px'")
        await _expect_at_the_end(chat)
        await chat.page.set_viewport_size({"width": 900, "height": 500})
        await _expect_at_the_end(chat)
        await chat.page.locator("#scroll").hover()
        await chat.page.mouse.wheel(0, -600)
        await expect(chat.page.get_by_role("button", name="새 메시지로 가기")).to_be_visible()
        playground.say("지금 왔어", member="은결")
        await chat.answered("지금 왔어")
        await expect(chat.last).not_to_be_in_viewport()
        await chat.send("나도")
        await chat.answered("나도")
        await _expect_at_the_end(chat)


async def _later(route: Route, arrived: asyncio.Event) -> None:
    await arrived.wait()
    await route.continue_()


async def _expect_at_the_end(chat: Chat) -> None:
    """Wait until the list has stood at its end for ten frames, so that whatever was to come has come."""
    script = """scroll => new Promise((done) => {
        let frames = 0;
        const look = () => {
            frames = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 3 ? frames + 1 : 0;
            frames < 10 ? requestAnimationFrame(look) : done();
        };
        look();
    })"""
    async with asyncio.timeout(PATIENCE):
        await chat.page.locator("#scroll").evaluate(script)
    await expect(chat.last).to_be_in_viewport()


async def test_a_right_click_on_a_message_offers_what_the_bot_does_with_it(chat: Chat) -> None:
    await chat.send("밥 먹자")
    row = await chat.answered("밥 먹자")
    await row.get_by_text("밥 먹자", exact=True).click(button="right")
    await expect(chat.page.locator(".choice")).to_have_text(["인용하기", "답장"])
    await chat.page.locator(".choice").first.click()
    answer = await chat.answered(": 밥 먹자")
    await expect(answer).to_contain_text("나만 볼 수 있는 메시지")
    await expect(answer.locator(".context")).to_contain_text("님이 인용하기 사용")


async def test_a_message_is_replied_to_by_its_menu_unless_one_thinks_better_of_it(chat: Chat) -> None:
    await chat.send("뭐 먹지")
    row = await chat.answered("뭐 먹지")
    replying = chat.page.locator(".replying")
    for leave in ("Escape", "취소"):
        await row.get_by_role("button", name="앱").click()
        await chat.page.locator(".choice", has_text="답장").click()
        await expect(replying).to_contain_text("님에게 답장")
        await expect(chat.box).to_be_focused()
        if leave == "Escape":
            await chat.page.keyboard.press(leave)
        else:
            await replying.get_by_role("button", name=leave).click()
        await expect(replying).to_be_hidden()
    await row.get_by_role("button", name="앱").click()
    await chat.page.locator(".choice", has_text="답장").click()
    await chat.send("치킨")
    reply = await chat.answered("치킨")
    await expect(reply.locator(".context")).to_contain_text("뭐 먹지")
    await expect(replying).to_be_hidden()
    await chat.send("콜라도")
    await expect((await chat.answered("콜라도")).locator(".context")).to_have_count(0)


async def test_the_menu_of_a_message_is_there_for_the_keyboard(chat: Chat) -> None:
    await chat.send("국 먹자")
    row = await chat.answered("국 먹자")
    await row.get_by_role("button", name="앱").focus()
    await chat.page.keyboard.press("Enter")
    await chat.page.keyboard.press("Enter")
    await expect(await chat.answered(": 국 먹자")).to_contain_text("나만 볼 수 있는 메시지")


async def test_a_link_to_a_message_leads_to_it_on_the_page_itself(chat: Chat, playground: Playground) -> None:
    world = playground.world
    for number in range(30):
        playground.say(f"맛집 이야기 {number}", channel="맛집", member="서진")
    old = playground.messages("맛집")[-25]
    address = f"https://discord.com/channels/{world.guild['id']}/{old['channel_id']}/{old['id']}"
    playground.say(f"[이 말]({address})과 [딴 곳](https://discord.com/channels/1/2/3)", member="정훈")
    await expect(chat.last.get_by_role("link", name="딴 곳")).to_have_attribute("target", "_blank")
    await chat.last.get_by_role("link", name="이 말").click()
    row = chat.page.locator(f'[data-id="{old["id"]}"]')
    await expect(row).to_be_in_viewport()
    await expect(chat.page.get_by_role("heading", name="맛집").first).to_be_visible()
    await expect(chat.last).not_to_be_in_viewport()
