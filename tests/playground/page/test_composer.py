"""The page's input in a real browser: completion, fields, commands as text, files, history."""

import base64

import pytest
from playwright.async_api import expect

from tests.playground.browser import Chat

pytestmark = pytest.mark.asyncio(loop_scope="session")
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGP8z8DAwMDAxMDAwMDAAAANHQEDasKb6QAAAABJRU5ErkJggg=="
)


async def test_a_command_is_completed_by_keys_and_its_fields_are_filled_in(chat: Chat) -> None:
    await chat.write("/따")
    await expect(chat.suggestions).to_have_count(1)
    await chat.page.keyboard.press("Tab")
    await chat.page.keyboard.type("안녕")
    await chat.page.keyboard.press("Tab")
    await chat.page.keyboard.type("3")
    await chat.page.keyboard.press("Tab")
    await expect(chat.field("크게")).to_be_focused()  # the optional one is offered, and may stay empty
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
        "/echo 하나 times:2": "하나 하나",
        "/따라해 둘 번:2": "둘 둘",
        "/echo words:셋 times:1": "셋",
        "/따라해 번:2 말:넷 다섯": "넷 다섯 넷 다섯",
        "/echo 오늘 점심 번:2": "오늘 점심 오늘 점심",
        "/echo 오늘 5 times:1": "오늘 5",
        '/echo "여 섯" times:1': '"여 섯"',
        "/echo 9:00 it's: 좋아 times:1": "9:00 it's: 좋아",
        "/echo abc times:2 크게:참": "ABC ABC",
        "/diary write 좋음 friend:@정훈": "좋음/good 정훈",
    }.items():
        await chat.send(typed)
        await expect(chat.last.locator(".prose")).to_have_text(answer)


async def test_what_is_given_already_is_shown_while_one_types(chat: Chat) -> None:
    parts = chat.page.locator(".completion-heading .part")
    await chat.write("/따라해 오늘 점심")
    await expect(parts).to_have_text(["말", "번", "[크게]"])
    await expect(parts.and_(chat.page.locator(".given"))).to_have_text(["말"])
    await expect(parts.and_(chat.page.locator(".next"))).to_have_text(["번"])
    await chat.page.keyboard.type(" times:2")
    await expect(parts.and_(chat.page.locator(".given"))).to_have_text(["말", "번"])


async def test_tab_turns_a_line_into_fields_and_no_key_is_lost_meanwhile(chat: Chat) -> None:
    await chat.write("/echo 오늘 점심 크게:참 번:")
    await chat.page.keyboard.press("Tab")
    await chat.page.keyboard.type("2")
    await expect(chat.field("번")).to_have_value("2")
    await expect(chat.field("말")).to_have_value("오늘 점심")
    await expect(chat.field("크게")).to_have_value("참")


async def test_what_is_typed_right_after_enter_is_the_next_message(chat: Chat) -> None:
    await chat.send("/따라해 하나 번:1")
    await chat.page.keyboard.type("다음 말")
    await chat.answered("하나")
    await expect(chat.box).to_have_value("다음 말")


async def test_the_command_over_an_answer_is_named_in_the_viewers_language(chat: Chat) -> None:
    await chat.send("/diary write 좋음")
    await expect(chat.last).to_contain_text("윤혜 님이 /일기 write 사용")


async def test_what_discord_would_refuse_is_said_at_the_field_and_not_sent(chat: Chat) -> None:
    before = await chat.messages.count()
    for typed, complaint in {
        "/echo 말 times:9": "5 이하여야 해요",
        "/echo 말 times:많이": "정수를 넣어 주세요",
        "/echo 말": "꼭 채워야 해요",
        "/echo 말 2": "꼭 채워야 해요",
        "/diary write 좋음 @정훈": "목록에서 골라 주세요",
        "/diary write 보통": "목록에서 골라 주세요",
    }.items():
        await chat.send(typed)
        await expect(chat.page.locator(".field-error:not(:empty)")).to_have_text([complaint])
        await chat.page.keyboard.press("Escape")
    assert await chat.messages.count() == before


async def test_what_is_missing_has_its_own_field_and_what_was_typed_stays_in_the_first(chat: Chat) -> None:
    await chat.send("/따라해 오늘 점심 2")
    await expect(chat.field("말")).to_have_value("오늘 점심 2")
    await expect(chat.field("번")).to_be_focused()
    await chat.page.keyboard.type("1")
    await chat.page.keyboard.press("Enter")
    await expect(chat.last.locator(".prose")).to_have_text("오늘 점심 2")
    await chat.page.keyboard.press("ArrowUp")
    await expect(chat.box).to_have_value("/따라해 말:오늘 점심 2 번:1")
    await chat.page.keyboard.press("Escape")
    await chat.box.fill("")


async def test_an_unknown_command_is_named(chat: Chat) -> None:
    await chat.send("/없는것 1")
    await expect(chat.page.get_by_role("alert").filter(has_text="/없는것")).to_be_visible()
    await expect(chat.page.locator(".completion")).to_be_hidden()


async def test_a_command_without_options_is_sent_by_one_enter(chat: Chat) -> None:
    await chat.send("/panel")
    await chat.answered("눌러 보세요")


async def test_enter_takes_what_was_chosen_from_the_popup_and_not_what_was_typed(chat: Chat) -> None:
    await chat.write("/p")
    await expect(chat.suggestions).to_contain_text(["/pick", "/panel"])
    await chat.page.keyboard.press("Enter")
    await expect(chat.field("fruit").or_(chat.field("과일"))).to_be_focused()


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


async def test_a_newcomer_gets_examples_that_work_by_one_click_and_enter(newcomer: Chat) -> None:
    await expect(newcomer.page.locator("#hint")).to_contain_text("처음이세요?")
    await newcomer.page.locator("#hint .chip").first.click()
    await expect(newcomer.box).to_have_value("/따라해 윤혜 번:5")
    await newcomer.page.keyboard.press("Enter")
    await newcomer.answered("윤혜 윤혜 윤혜 윤혜 윤혜")
    await expect(newcomer.page.locator("#hint")).to_be_hidden()


async def test_every_example_of_the_welcome_works_by_one_click_and_enter(newcomer: Chat) -> None:
    examples = newcomer.page.locator(".example")
    await expect(examples.locator("code")).to_have_text(["/따라해 윤혜 번:5", "/form", "/secret", "/show", "/gallery"])
    await newcomer.enter("단톡")
    await examples.filter(has_text="/secret").click()
    await newcomer.page.keyboard.press("Enter")
    await newcomer.answered("쉿, 비밀이에요")
    await examples.filter(has_text="/show").click()
    await newcomer.page.keyboard.press("Enter")
    await expect(newcomer.field("photo")).to_be_focused()  # a file cannot be typed


async def test_what_was_sent_comes_back_by_the_arrow_key(chat: Chat) -> None:
    await chat.send("첫째 말")
    await chat.send("/echo 둘 times:2")
    await chat.answered("둘 둘")
    await chat.page.keyboard.press("ArrowUp")
    await expect(chat.box).to_have_value("/echo 둘 times:2")
    await chat.page.keyboard.press("Escape")
    await chat.page.keyboard.press("ArrowUp")
    await expect(chat.box).to_have_value("첫째 말")


async def test_a_draft_stays_with_its_channel(chat: Chat) -> None:
    await chat.write("쓰다 만 말")
    await chat.enter("생일")
    await expect(chat.box).to_have_value("")
    await chat.enter("일상")
    await expect(chat.box).to_have_value("쓰다 만 말")


async def test_a_message_that_is_too_long_once_its_mention_is_one_is_said_so_and_comes_back_by_the_arrow_key(
    chat: Chat,
) -> None:
    text = "@단톡 " + "가" * 1996
    await chat.box.fill(text)
    await chat.page.keyboard.press("Enter")
    await expect(chat.page.locator(".note")).to_contain_text("2000자까지")
    await chat.page.keyboard.press("ArrowUp")
    await expect(chat.box).to_have_value(text)
    await chat.box.fill("")


async def test_half_an_emoji_is_replaced_and_harms_nobody(chat: Chat) -> None:
    half = "() => { const box = document.querySelector('#composer textarea'); box.value = %s; box.focus(); }"
    await chat.page.evaluate(half % "'반쪽 \\ud83d'")
    await chat.page.keyboard.press("Enter")
    await chat.answered("반쪽 \ufffd")
    await chat.page.evaluate(half % "'/echo \\ud83d times:2'")
    await chat.page.keyboard.press("Enter")
    await expect(chat.last.locator(".prose")).to_have_text("\ufffd \ufffd")
    await chat.send("/echo 괜찮아 times:1")
    await expect(chat.last.locator(".prose")).to_have_text("괜찮아")
    await chat.page.reload()
    await chat.answered("괜찮아")
