"""Two groups on one bot, through the real client: what a server hears in every command, button, wish and message."""

import asyncio
import copy
import itertools
import shutil
import threading
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.client.bundle_watch import watch_bundles
from bot.groups.memberships import FRESH
from playground import Answer, NoAnswer
from tests.bot.features.teach.conftest import picture_of
from tests.bot.groups.conftest import STAND_IN, WORDS, Host, Hosted, Setting, heard, write_group
from tests.features_bundle import add_features
from tests.patience import PATIENCE

GROUPS = {"사과밭": ("apple", "윤혜", "정훈"), "강가": ("river", "현지", "민서"), "일상": (STAND_IN, "서진", "하람")}
"""By channel: whose words are heard there, and two people who are there."""
COMMANDS = ("/say 1 4", "/reply {word}", "/fill 1 ___ 1", "/say 1", "/fill 1 ___")
INVENTED = "지어낸 방의 말투"
LACKING = "빈칸을 채울 줄 몰라요"


async def _asked(hosted: Hosted, text: str, channel: str, member: str) -> Answer:
    return await hosted.playground.command(text, channel=channel, member=member)


async def _said(hosted: Hosted, member: str, channel: str = "dm") -> str:
    """Return what is heard of a few words; several, so that somebody's are among them."""
    return (await _asked(hosted, "/say 1 12", channel, member)).content


def _voices(answer: Answer) -> set[str]:
    return heard(answer.content)


async def _forged(hosted: Hosted, data: dict[str, Any], channel: str, member: str, message: Any) -> Answer:
    """Press what was never under a message of this channel, in the place of its first button or menu."""
    message = copy.deepcopy(message)
    first = message["components"][0]["components"][0]
    first["custom_id"] = data["custom_id"]
    world, interactions = hosted.playground.world, hosted.playground._interactions
    user = world.person_called(member)
    place = world.dm_with(user["id"]) if channel == "dm" else world.channel_called(channel)
    opened = interactions.open(3, {"component_type": first["type"]} | data, user, place, "ko", message=message)
    async with asyncio.timeout(PATIENCE):
        outcome = await opened.outcome
    return Answer(opened.id, 0.0, outcome.message)


async def test_every_server_hears_its_own_group_in_every_command_and_button_also_in_forged_ones(host: Host) -> None:
    more = {"fills": True, "scenes": True, "sings": True, "speakers": ("윤혜",)}
    async with host(Setting(more=more)) as hosted:
        answers: dict[str, list[Answer]] = {channel: [] for channel in GROUPS}
        at_once = asyncio.Semaphore(4)

        async def ask(channel: str, text: str, member: str) -> None:
            async with at_once:
                text = text.format(word=WORDS[GROUPS[channel][0]][0])
                answer = await _asked(hosted, text, channel, member)
                pressed = await hosted.playground.press(answer, "🔁", member=member) if answer.components else answer
            answers[channel] += [answer, pressed]

        every = itertools.product(GROUPS, COMMANDS, range(7))
        await asyncio.gather(*(ask(channel, text, GROUPS[channel][1 + turn % 2]) for channel, text, turn in every))
        for channel, (group, *_) in GROUPS.items():
            assert set().union(*map(_voices, answers[channel])) == {group}
            spoken = [answer.content for answer in answers[channel] if answer.components]
            assert all((INVENTED in content) == (group == STAND_IN) for content in spoken)
            # The one that stands in fills no blanks.
            assert any(LACKING in answer.content for answer in answers[channel]) == (group == STAND_IN)
            about = await _asked(hosted, "/about", channel, GROUPS[channel][1])
            assert (INVENTED in about.content) == (group == STAND_IN)
        # A message of one server and ids of any, pressed on another one and in private.
        ids = ("say:4:0.8:1", "say:=윤혜:4:0.8:1", "reply:ㅋ", "fill:0.8:1 ___", "about:made")
        ids += ("scene:8:0.8:1", "scene-on:0.8", "song:7", "pulse:week", "dream:wave:2:more", "privacy:forget:5")
        alien = hosted.playground.world.messages.find(answers["사과밭"][0].message_id)
        for custom_id in ids:
            for channel, member in (("강가", "현지"), ("일상", "서진"), ("dm", "현지"), ("dm", "서진")):
                told = await _forged(hosted, {"custom_id": custom_id}, channel, member, alien)
                assert "apple" not in _voices(told), (custom_id, channel)
        # Nor by the names of those whom a group can imitate.
        assert await _members(hosted, "사과밭", "윤혜") == ["윤혜"]
        shutil.rmtree(hosted.folder / str(hosted.guild("강가")))
        write_group(hosted.folder / str(hosted.guild("강가")), "river", seed=9)
        await hosted.client.reload_all()
        assert await _members(hosted, "강가", "현지") == []
        told = await _asked_as(hosted, "윤혜", "강가", "현지")
        assert "윤혜" not in told.content


async def test_a_server_that_floods_holds_up_no_other(host: Host) -> None:
    async with host(Setting(more={"scenes": True})) as hosted:
        words, door = hosted.client.services.workers.words, threading.Event()
        held = asyncio.ensure_future(words.run(lambda: door.wait(PATIENCE), deferred=True))
        asked = list[asyncio.Future[Answer]]()
        for channel, member in [*[("사과밭", "윤혜")] * 9, ("강가", "현지")]:
            asked.append(asyncio.ensure_future(_asked(hosted, "/scene 1", channel, member)))
            async with asyncio.timeout(PATIENCE):
                while words.inside <= len(asked):  # noqa: ASYNC110 - nobody tells when it is there
                    await asyncio.sleep(0.01)
        door.set()
        *flood, other = asked
        assert _voices(await other) == {"river"}
        assert sum(task.done() for task in flood) < len(flood) / 2
        await asyncio.gather(held, *flood)


async def _members(hosted: Hosted, channel: str, member: str) -> list[str]:
    options = {"word": "1"}
    choices = await hosted.playground.autocomplete("/say", "as", "", options=options, channel=channel, member=member)
    return [choice["value"] for choice in choices]


async def _asked_as(hosted: Hosted, name: str, channel: str, member: str) -> Answer:
    options = {"word": "1", "as": name}
    return await hosted.playground.command("/say", options=options, channel=channel, member=member)


async def test_in_private_and_as_an_app_of_ones_own_one_hears_the_group_one_is_in_until_one_leaves_it(
    host: Host,
) -> None:
    async with host() as hosted:
        assert heard(await _said(hosted, "윤혜")) == {"apple"}
        assert heard(await _said(hosted, "현지")) == {"river"}
        assert heard(await _said(hosted, "하람")) == {STAND_IN}
        # On a server that the bot is not on, the app is the person's own.
        assert heard(await _said(hosted, "윤혜", "남의집")) == {"apple"}
        assert heard(await _said(hosted, "태오", "남의집")) == {STAND_IN}
        playground = hosted.playground
        answer = await _asked(hosted, "/say 1 12", "남의집", "윤혜")
        for _ in range(3):
            assert _voices(await playground.press(answer, "🔁", member="태오")) <= {STAND_IN}
        playground.admin.leave_guild(str(hosted.guild("사과밭")), playground.world.person_called("윤혜")["id"])
        hosted.clock.now += FRESH
        assert heard(await _said(hosted, "윤혜")) == {STAND_IN}


async def test_who_is_in_several_groups_chooses_once_and_nobody_chooses_anothers(host: Host) -> None:
    async with host() as hosted:
        playground, both = hosted.playground, ("사과밭", "강가")
        assert "`/방`" in await _said(hosted, "다빈")
        asked = await playground.command("/방", channel="dm", member="다빈")
        assert asked.ephemeral
        (menu,) = asked.components[0]["components"]
        assert sorted(option["label"] for option in menu["options"]) == sorted(both)
        for name, group in (("강가", "river"), ("사과밭", "apple")):
            asked = await playground.command("/방", channel="dm", member="다빈")
            value = str(hosted.guild(name))
            told = await playground.press(asked, menu["custom_id"], member="다빈", values=[value])
            assert name in told.content
            assert heard(await _said(hosted, "다빈")) == {group}
        # On a server the server decides.
        assert heard(await _said(hosted, "다빈", "강가")) == {"river"}
        asked = await playground.command("/방", channel="dm", member="다빈")
        message = playground.world.messages.find(asked.message_id)
        for value in (str(hosted.guild("강가")), "5", "٥", "", "x"):
            await _forged(hosted, {"custom_id": "group:choose", "values": [value]}, "dm", "윤혜", message)
        assert heard(await _said(hosted, "윤혜")) == {"apple"}
        exported = await playground.command("/개인정보 내보내기", channel="dm", member="다빈")
        assert exported.attachments
        shown = await playground.command("/개인정보 보기", channel="dm", member="다빈")
        assert "`/방`" in shown.content
        alone = await playground.command("/방", channel="dm", member="윤혜")
        assert "**사과밭**" in alone.content


async def test_who_is_in_more_groups_than_menus_hold_turns_to_the_others(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.features.access.cog._MOST_OPTIONS", 2)
    monkeypatch.setattr("bot.features.access.cog._MENUS", 2)
    async with host() as hosted:
        playground = hosted.playground
        for number in range(5):
            room = playground.world.add_guild(f"방{number}", ["다빈"])
            write_group(hosted.folder / room["guild_id"], "river")
        await hosted.client.services.groups.look()
        first = await playground.command("/방", channel="dm", member="다빈")
        menus = [each for row in first.components for each in row["components"] if "options" in each]
        further = await playground.press(first, "▶️", member="다빈")
        menus += [each for row in further.components for each in row["components"] if "options" in each]
        offered = [option["value"] for menu in menus for option in menu["options"]]
        assert len(offered) == len({*offered}) == 7
        assert len(menus) == 4
        # From the last page to the first.
        again = await playground.press(further, "▶️", member="다빈")
        assert len(again.components) == 3
        last = menus[-1]
        further = await playground.press(again, "▶️", member="다빈")
        await playground.press(further, last["custom_id"], member="다빈", values=[last["options"][0]["value"]])
        assert heard(await _said(hosted, "다빈")) == {"river"}
        # A page that there never was, of somebody who is in one group.
        asked = await playground.command("/방", channel="dm", member="다빈")
        message = playground.world.messages.find(asked.message_id)
        told = await _forged(hosted, {"custom_id": "group:page:99"}, "dm", "윤혜", message)
        assert "**사과밭**" in told.content
        for value in ("9" * 5000, f"{hosted.guild('강가')}" + "0" * 20):
            told = await _forged(hosted, {"custom_id": "group:choose:1", "values": [value]}, "dm", "윤혜", message)
            assert "버튼" in told.content


async def test_where_discord_does_not_say_who_is_a_member_nobody_hears_a_group(host: Host) -> None:
    async with host() as hosted:
        hosted.playground.faults.error("/guilds/*/members/*", status=400, times=9)
        assert heard(await _said(hosted, "윤혜")) == {STAND_IN}


async def test_a_new_bundle_serves_one_taken_away_does_not_and_a_broken_one_says_so(
    host: Host, caplog: pytest.LogCaptureFixture
) -> None:
    async with host() as hosted:
        first, apple = int(hosted.playground.world.guild["id"]), hosted.guild("사과밭")
        assert heard(await _said(hosted, "서진", "일상")) == {STAND_IN}
        write_group(hosted.folder / str(first), "river")
        await hosted.client.services.groups.look()
        assert heard(await _said(hosted, "서진", "일상")) == {"river"}
        # Wishes, words, everything of another server goes on as it was.
        assert heard(await _said(hosted, "윤혜", "사과밭")) == {"apple"}
        shutil.rmtree(hosted.folder / str(first))
        for _ in range(2):  # missing once it may just be replaced
            await hosted.client.services.groups.look()
        assert heard(await _said(hosted, "서진", "일상")) == {STAND_IN}
        (hosted.folder / str(hosted.guild("강가")) / "text.onnx").write_bytes(b"x")
        for _ in range(2):
            assert "말투를 열 수 없어요" in await _said(hosted, "현지", "강가")
        assert caplog.text.count("does not serve") == 1
        write_group(hosted.folder / str(hosted.guild("강가")), "river")
        assert heard(await _said(hosted, "현지", "강가")) == {"river"}
        assert set(hosted.client.services.groups.served()) == {0, apple, hosted.guild("강가")}


async def test_a_bundle_is_changed_over_for_its_own_server_alone(host: Host) -> None:
    async with host() as hosted:
        ask = "/say word:1 n:12 temperature:0"
        before = {name: (await _asked(hosted, ask, name, GROUPS[name][1])).content.splitlines()[0] for name in GROUPS}
        task = asyncio.create_task(watch_bundles(hosted.client, 0.05))
        await asyncio.sleep(0.1)
        write_group(hosted.folder / str(hosted.guild("강가")), "river", seed=5)
        async with asyncio.timeout(PATIENCE):
            while (await _asked(hosted, ask, "강가", "현지")).content.splitlines()[0] == before["강가"]:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        task.cancel()
        for name in ("사과밭", "일상"):
            assert (await _asked(hosted, ask, name, GROUPS[name][1])).content.splitlines()[0] == before[name]


async def test_what_is_set_for_a_group_holds_for_it_alone_and_what_is_wrong_is_a_sentence(
    host: Host, caplog: pytest.LogCaptureFixture
) -> None:
    async with host() as hosted:
        file = hosted.folder / f"{hosted.guild('강가')}.toml"
        file.write_text("temperature = 0\n", encoding="utf-8")
        await hosted.client.services.groups.look()
        said = {(await _asked(hosted, "/say 1 12", "강가", "현지")).content.splitlines()[0] for _ in range(3)}
        assert len(said) == 1
        file.write_text("temperature = 9\nvoice = 1\n", encoding="utf-8")
        await hosted.client.services.groups.look()
        assert f"{file.name} is wrong (temperature, voice)" in caplog.text
        assert {(await _asked(hosted, "/say 1 12", "강가", "현지")).content.splitlines()[0]} == said


async def test_a_wish_is_in_the_voice_of_its_server(host: Host, turned: Any) -> None:
    clock = turned()
    async with host(Setting(clock=clock)) as hosted:
        playground = hosted.playground
        for channel, (_, member, other) in GROUPS.items():
            await _asked(hosted, f"/birthday channel {channel}", channel, member)
            for name in (member, other):
                options = {"date": "11월 20일"}
                await playground.command("/birthday set", options=options, channel=channel, member=name)
        clock.turn(datetime(2026, 11, 20, 0, 1, tzinfo=UTC))
        wishes: dict[str, str] = {}
        async with asyncio.timeout(PATIENCE):
            while len(wishes) < len(GROUPS):
                for channel, message in ((each, one) for each in GROUPS for one in playground.messages(each)):
                    if "생일 축하해" in message["content"] and message["author"]["id"] == playground.world.bot["id"]:
                        wishes[channel] = message["content"]
                await asyncio.sleep(0.05)
        for channel, (group, *_) in GROUPS.items():
            assert heard(wishes[channel]) == {group}, channel
            assert (INVENTED in wishes[channel]) == (group == STAND_IN)


async def test_where_nothing_stands_in_it_says_so_and_messages_are_left_alone(host: Host) -> None:
    async with host(Setting(stands_in=False)) as hosted:
        playground = hosted.playground
        for text in ("/say 1 5", "/reply 1", "/about", "/face new"):
            assert "말투" in (await _asked(hosted, text, "일상", "서진")).content
        assert "생일" in (await _asked(hosted, "/개인정보 보기", "일상", "서진")).content
        await _asked(hosted, "/부르면 켜기", "일상", "서진")
        with pytest.raises(NoAnswer):
            await playground.reply_to(playground.say("@단톡 1", channel="일상", member="서진"), within=0.3)
        await _asked(hosted, "/부르면 켜기", "사과밭", "윤혜")
        answer = await playground.reply_to(playground.say("@단톡 사과 ㅋ", channel="사과밭", member="윤혜"))
        assert _voices(answer) == {"apple"}
        # In private it is for the server whose voice is heard to have turned it on.
        with pytest.raises(NoAnswer):
            await playground.reply_to(playground.say("강물 ㅋ", channel="dm", member="현지"), within=0.3)
        answer = await playground.reply_to(playground.say("사과 ㅋ", channel="dm", member="윤혜"))
        assert _voices(answer) == {"apple"}


def test_the_words_of_the_groups_have_nothing_in_common() -> None:
    for one, other in itertools.combinations(WORDS.values(), 2):
        assert not any(word in another or another in word for word in one for another in other)


async def test_a_group_that_sees_pictures_teaches_others_nothing(host: Host) -> None:
    async with host() as hosted:
        add_features(hosted.folder / str(hosted.guild("사과밭")))
        photo = hosted.playground.upload("cat.png", picture_of("cat"))
        taught = {"options": {"name": "cat", "photo": photo}}
        told = await hosted.playground.command("/teach add", **taught, member="현지", channel="강가")
        assert "아직 사진 속 물건을 알아보지 못해요" in told.content
        told = await hosted.playground.command("/teach add", **taught, member="정훈", channel="사과밭")
        assert "이제 사진 1장을 알아요" in told.content
        for member, channel in (("현지", "강가"), ("정훈", None)):
            listed = await hosted.playground.command("/teach list", member=member, channel=channel)
            assert "cat" not in listed.content
