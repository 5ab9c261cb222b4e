"""Marks are read in a terminal as on the page."""

from playground.plain_text import plain_text


def test_people_roles_rooms_and_times_are_named(playground):
    world = playground.world
    who, room = world.person_called("다빈")["id"], world.channel_called("생일")["id"]
    role = world.role_called("오늘의 주인공")["id"]
    assert plain_text(f"<@{who}> <@!{who}> <#{room}> <@&{role}> <@1>", world) == "@다빈 @다빈 #생일 @오늘의 주인공 <@1>"
    soon = int(world.clock()) + 3 * 86_400
    assert plain_text(f"<t:{soon}:R>", world) == "+3 d"
    assert "<t:" not in plain_text(f"<t:{soon}> <t:{soon}:D>", world)
