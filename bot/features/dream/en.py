"""English: dreams."""

from bot.features.dream.texts import DreamTexts

TEXTS = DreamTexts(
    commands={},
    what_is_kept="`/dream`: a picture is in memory while I dream of it, then gone; I store it nowhere. Delete my "
    "answer on Discord, and what stands there is gone too.",
    depths={"wave": "Waves", "eye": "Eyes", "dream": "Dream"},
    dreamt="**{depth}** · {strength} of {strongest}",
    fallen="Falling into the dream: **{depth}** · {strength} of {strongest}",
    only_here="a model sees things in this picture and paints them; I don't keep the picture, it is only in this "
    "answer, and only you can see this",
    only_you="I don't keep the picture; only you can see this",
    shown_by="shown by {who} · a model sees things in this picture and paints them",
    more="more",
    less="less",
    fall="Fall in",
    show="Show everyone",
    original="the original picture",
    picture="the picture, dreamt by a model: {depth}",
    animation="the picture turns into a dream while it comes nearer: {depth}",
    no_dreams="I cannot dream yet. The owner can export my bundle again, with a newer version of me.",
    no_picture="There is no picture in that message.",
)
