"""``/birthday`` as those use it who manage the server: where, when, how, and in whose words."""

from datetime import UTC, datetime
from typing import Any

import pytest

from playground import TypedError
from playground.world.permissions import READ_HISTORY, SEND_MESSAGES, VIEW_CHANNEL


@pytest.fixture
def ordinary(room: Any) -> str:
    """Return the name of someone who may not manage the server."""
    everyone = room.playground.world.guild["roles"][0]
    powers = VIEW_CHANNEL | SEND_MESSAGES | READ_HISTORY
    room.playground.admin.change_role(everyone["id"], permissions=str(powers))
    return "다빈"


MANAGERS = [
    ("/birthday channel", {}),
    ("/birthday time", {"time": "9:00"}),
    ("/birthday zone", {"zone": "Asia/Seoul"}),
    ("/birthday role", {}),
    ("/birthday age", {"how": "none"}),
    ("/birthday template", {}),
    ("/birthday test", {}),
    ("/birthday check", {}),
    ("/birthday plan", {}),
    ("/birthday digest", {"how-often": "weekly"}),
    ("/birthday songs", {"on": True}),
    ("/birthday import", {}),
]


@pytest.mark.parametrize(("command", "options"), MANAGERS)
async def test_only_managers_may(room: Any, ordinary: str, command: str, options: dict[str, Any]) -> None:
    for locale, said in (("ko", "서버 관리하기"), ("en-US", "Manage Server")):
        answer = await room(command, options=options, member=ordinary, locale=locale)
        assert answer.ephemeral
        assert said in answer.content
    assert (await room(command, options=options)).content.count("서버 관리하기") == 0


async def test_another_persons_birthday_is_the_managers_business(room: Any, ordinary: str) -> None:
    other = {"who": room.id_of("정훈"), "date": "3월 5일"}
    assert "서버 관리하기" in (await room("/birthday set-for", options=other, member=ordinary)).content
    assert "정훈 님의 생일을 **3월 5일**" in (await room("/birthday set-for", options=other)).content
    who = {"who": room.id_of("정훈")}
    assert "서버 관리하기" in (await room("/birthday remove", options=who, member=ordinary)).content
    asked = await room("/birthday remove", options=who)
    assert "지웠어요" in (await room.playground.press(asked, "지우기")).content


async def test_a_button_checks_the_right_again(room: Any) -> None:
    asked = await room("/birthday template 1", member="정훈")
    shown = await room.playground.submit_modal(asked, {"text": "{이름:아/야} 축하해"})
    everyone = room.playground.world.guild["roles"][0]
    room.playground.admin.change_role(everyone["id"], permissions=str(VIEW_CHANNEL | SEND_MESSAGES))
    assert "서버 관리하기" in (await room.playground.press(shown, "저장", member="정훈")).content
    assert "문구 0개" in (await room("/생일 점검")).content


async def test_a_channel_is_set_checked_and_unset(room: Any) -> None:
    channel = room.playground.world.channel_called("생일")["id"]
    assert "❌ 축하할 채널이 없어요" in (await room("/생일 점검")).content
    assert f"<#{channel}>에서 생일마다 09:00(서울)" in (await room("/생일 채널 생일")).content
    assert f"✅ <#{channel}>에서 축하할 수 있어요" in (await room("/생일 점검")).content
    shown = await room("/생일 채널")
    assert f"지금은 <#{channel}>에서 축하하고 있어요" in shown.content
    assert f"✅ <#{channel}>에서 축하할 수 있어요" in (await room("/생일 점검")).content
    assert "축하를 껐어요" in (await room.playground.press(shown, "끄기")).content
    assert "❌ 축하할 채널이 없어요" in (await room("/생일 점검")).content
    unset = await room("/생일 채널")
    assert "축하할 채널이 없어요" in unset.content
    assert not unset.components


async def test_a_channel_that_the_bot_may_not_write_in_is_refused_by_what_is_missing(room: Any) -> None:
    world, ruling = room.playground.world, room.playground.admin
    channel = world.channel_called("생일")["id"]
    ruling.rule(channel, world.bot["id"], deny=SEND_MESSAGES | READ_HISTORY)
    for locale, said in (("ko", "메시지 보내기, 메시지 기록 보기"), ("en-US", "Send Messages, Read Message History")):
        assert said in (await room("/birthday channel", options={"channel": channel}, locale=locale)).content
    assert "❌ 축하할 채널이 없어요" in (await room("/생일 점검")).content
    ruling.rule(channel, world.bot["id"])
    await room("/생일 채널 생일")
    ruling.rule(channel, world.bot["id"], deny=SEND_MESSAGES)
    assert "❌ " in (checked := (await room("/생일 점검")).content)
    assert "메시지 보내기" in checked
    ruling.remove_channel(channel)
    assert "❌ 축하할 채널이 없어졌어요" in (await room("/생일 점검")).content


@pytest.mark.parametrize(
    ("typed", "shown"), [("21:30", "21:30"), ("오전 9시", "09:00"), ("오후 3시 반", "15:30"), ("9pm", "21:00")]
)
async def test_the_hour_is_set_as_people_write_it(room: Any, typed: str, shown: str) -> None:
    assert shown in (await room("/birthday time", options={"time": typed})).content
    assert f"생일마다 서울 시간으로 {shown}에" in (await room("/생일 점검")).content


@pytest.mark.parametrize("typed", ["25:00", "아무때나", "오후 13시"])
async def test_an_hour_that_cannot_be_is_told_so(room: Any, typed: str) -> None:
    assert "시각으로 읽지 못했어요" in (await room("/birthday time", options={"time": typed})).content
    assert "cannot read" in (await room("/birthday time", options={"time": typed}, locale="en-US")).content
    assert "09:00" in (await room("/생일 점검")).content


async def test_a_zone_is_found_by_its_city_in_either_language(room: Any) -> None:
    korean = await room.playground.autocomplete("/birthday zone", "zone", "뉴욕")
    assert korean[0] == {"name": "뉴욕 (America/New_York)", "value": "America/New_York"}
    english = await room.playground.autocomplete("/birthday zone", "zone", "new y", locale="en-US")
    assert english[0]["name"] == "New York (America/New_York)"
    assert len(await room.playground.autocomplete("/birthday zone", "zone", "")) == 25
    assert "뉴욕 시간에 맞출게요. 그곳은 지금 22:00" in (await room("/생일 시간대 뉴욕")).content
    assert "‘Mars’ 시간대는 없어요" in (await room("/생일 시간대 Mars")).content
    assert "no time zone" in (await room("/birthday zone Mars", locale="en-US")).content
    assert "뉴욕 시간으로 09:00에" in (await room("/생일 점검")).content
    assert "New York time" in (await room("/birthday check", locale="en-US")).content


async def test_a_role_is_taken_only_if_the_bot_can_give_it(room: Any) -> None:
    world, ruling = room.playground.world, room.playground.admin
    high = ruling.add_role("왕관", 5)
    refused = await room("/birthday role", options={"role": high["id"]})
    assert "제 역할보다 높거나 같아서" in refused.content
    assert "not below my own" in (await room("/birthday role", options={"role": high["id"]}, locale="en-US")).content
    own = world.role_called("단톡")
    assert "다른 앱이 관리해서" in (await room("/birthday role", options={"role": own["id"]})).content
    assert "모두가 가진 역할" in (await room("/birthday role", options={"role": world.guild["id"]})).content
    assert "➖ 생일 역할은 주지 않아요" in (await room("/생일 점검")).content
    today = world.role_called("오늘의 주인공")
    assert "하루 동안" in (await room("/birthday role", options={"role": today["id"]})).content
    assert "✅" in (await room("/생일 점검")).content.splitlines()[2]
    ruling.change_role(today["id"], position=9)
    assert "❌" in (await room("/생일 점검")).content.splitlines()[2]
    ruling.remove_role(today["id"])
    assert "생일 역할이 없어졌어요" in (await room("/생일 점검")).content
    shown = await room("/birthday role", locale="en-US")
    assert f"gets <@&{today['id']}> for the day" in shown.content
    assert "I won't give a birthday role" in (await room.playground.press(shown, "Turn off", locale="en-US")).content
    assert "지금은 생일 역할을 주지 않아요" in (await room("/생일 역할")).content


async def test_a_bot_has_no_birthday(room: Any) -> None:
    bot = room.playground.world.bot["id"]
    for locale, said in (("ko", "봇에게는 생일이 없어요"), ("en-US", "Bots have no birthday")):
        options = {"who": bot, "date": "3/5"}
        assert said in (await room("/birthday set-for", options=options, locale=locale)).content
    assert "생일 0개" in (await room("/생일 점검")).content


async def test_a_part_about_the_age_vanishes_for_who_gave_no_year_and_both_are_shown(room: Any) -> None:
    form = await room("/생일 문구")
    shown = await room.playground.submit_modal(form, {"text": "{이름:아/야} 축하해! [오늘로 {나이} 됐네] 🎂"})
    previews = {field["name"]: field["value"] for field in shown.embeds[0]["fields"]}
    assert previews["이름이 다빈이면"] == "다빈아 축하해! 오늘로 27살 됐네 🎂"
    assert previews["태어난 해를 알려 주지 않았으면"].endswith("축하해! 🎂")
    form = await room("/생일 문구")
    for text in ("[오늘로 {나이} 됐네", "오늘로 {나이} 됐네]", "[[{나이}]"):
        refused = await room.playground.submit_modal(form, {"text": text})
        assert "짝이 없는 대괄호" in refused.content
        form = await room("/생일 문구")


@pytest.mark.parametrize("text", ["[오늘로 {나이} 됐네]", "{나이}"])
async def test_a_template_of_nothing_but_the_age_is_shown_too(room: Any, text: str) -> None:
    shown = await room.playground.submit_modal(await room("/생일 문구"), {"text": text})
    previews = {field["name"]: field["value"] for field in shown.embeds[0]["fields"]}
    assert "27살" in previews["이름이 다빈이면"]
    assert previews["태어난 해를 알려 주지 않았으면"] == "🎂"
    assert "1번 문구를 저장했어요" in (await room.playground.press(shown, "저장")).content


async def test_a_template_is_shown_before_it_is_saved(room: Any) -> None:
    form = await room("/생일 문구")
    assert form.modal
    assert form.modal["title"] == "1번 축하 문구"
    shown = await room.playground.submit_modal(form, {"text": "{이름:아/야} 축하! {이름:은/는} 오늘 {나이}"})
    assert shown.ephemeral
    previews = {field["name"]: field["value"] for field in shown.embeds[0]["fields"]}
    assert previews["이름이 다빈이면"] == "다빈아 축하! 다빈은 오늘 27살"
    assert previews["이름이 윤혜이면"] == "윤혜야 축하! 윤혜는 오늘 27살"
    assert "문구 0개" in (await room("/생일 점검")).content
    assert "1번 문구를 저장했어요" in (await room.playground.press(shown, "저장")).content
    assert "문구 1개" in (await room("/생일 점검")).content
    form = await room("/birthday template 1", locale="en-US")
    assert form.modal["title"] == "Wish 1"
    emptied = await room.playground.submit_modal(form, {"text": ""})
    assert "removed" in emptied.content
    assert "문구 0개" in (await room("/생일 점검")).content


@pytest.mark.parametrize(
    ("text", "korean", "english"),
    [
        ("{별명} 축하", "‘별명’은 쓸 수 없는 자리예요", "There is no {별명}"),
        ("{이름:은/를} 축하", "모르는 조사", "particle"),
        ("{이름 축하", "닫지 않은 중괄호", "never closed"),
        ("가" * 3000, "3000자예요. 1000자까지만", "3000 characters. Use at most 1000"),
    ],
)
async def test_a_template_that_cannot_be_is_refused_and_not_lost(
    room: Any, text: str, korean: str, english: str
) -> None:
    for locale, said in (("ko", korean), ("en-US", english)):
        refused = await room.playground.submit_modal(await room("/birthday template", locale=locale), {"text": text})
        assert said in refused.content
        assert refused.embeds[0]["description"] == text
        again = await room.playground.press(refused, {"ko": "다시 고치기", "en-US": "Edit again"}[locale])
        assert again.modal["components"][0]["components"][0]["value"] == text
    assert "문구 0개" in (await room("/생일 점검")).content


async def test_a_template_form_takes_no_more_than_discord_does(room: Any) -> None:
    with pytest.raises(TypedError):
        await room.playground.submit_modal(await room("/생일 문구"), {"text": "가" * 4001})


async def test_a_test_wish_is_seen_by_who_asked_alone_and_calls_nobody(room: Any) -> None:
    answer = await room("/생일 미리보기")
    assert answer.ephemeral
    assert "윤혜야 생일 축하해" in answer.content
    assert "미리보기예요" in answer.content
    assert answer.message["mentions"] == []
    await room.playground.submit_modal(await room("/생일 문구"), {"text": "{멘션} 축하!"})


async def test_the_check_says_when_the_next_wish_is(room: Any) -> None:
    assert "축하할 생일이 아직 없어요" in (await room("/생일 점검")).content
    await room("/생일 등록 11월19일")
    await room("/birthday set", options={"date": "11월 20일"}, member="정훈")
    nine = int(datetime(2026, 11, 20, 0, 0, tzinfo=UTC).timestamp())
    assert f"다음 축하: 정훈, <t:{nine}:f> (<t:{nine}:R>)" in (await room("/생일 점검")).content
    assert "Next wish: 정훈" in (await room("/birthday check", locale="en-US")).content


async def test_the_plan_names_each_date_with_the_rule_that_made_it(room: Any) -> None:
    assert "아직 아무도" in (await room("/생일 일정")).content
    await room("/birthday set", options={"date": "음력 1월 30일"})
    await room("/birthday set", options={"date": "2월 29일"}, member="정훈")
    korean = (await room("/생일 일정")).content.replace("\\", "")
    assert "2027년 2월 28일(일) 정훈: 2월 29일 (평년이라 2월 29일이 없어요)" in korean
    assert "2027년 3월 7일(일) 윤혜: 음력 1월 30일 (그달은 29일까지라 그믐날에)" in korean
    english = (await room("/birthday plan", locale="en-US")).content.replace("\\", "")
    assert "Sun, February 28, 2027 정훈: February 29" in english


async def test_ages_are_told_as_the_group_counts_them(room: Any) -> None:
    await room("/birthday set", options={"date": "2000-03-05"})
    assert "27살" in (await room("/생일 목록")).content
    assert "세는 나이" in (await room("/birthday age", options={"how": "counting"})).content
    assert "28살" in (await room("/생일 목록")).content
    await room("/birthday age", options={"how": "none"})
    assert "살" not in (await room("/생일 목록")).content


async def test_the_digest_is_off_until_it_is_turned_on(room: Any) -> None:
    assert "모아보기는 꺼져 있어요" in (await room("/생일 점검")).content
    assert "월요일마다" in (await room("/생일 모아보기 월요일마다")).content
    assert "every Monday" in (await room("/birthday check", locale="en-US")).content
    assert "알리지 않을게요" in (await room("/생일 모아보기 끄기")).content
