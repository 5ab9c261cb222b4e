"""English: paintings."""

from bot.features.style.texts import StyleTexts

TEXTS = StyleTexts(
    commands={},
    what_is_kept="`/style`: a photo is in memory while I paint it, then gone; I store it nowhere. Delete my answer on "
    "Discord, and what stands there is gone too.",
    painted="**{styles}** · {strength} %",
    painted_like="**Like your picture** · {strength} %",
    colours_kept="its own colours",
    choose="**Your photo in {count} styles.** Choose one below; two from one menu are mixed.",
    only_here="I don't keep the photo: it is only in this answer, and only you can see this; if you show it "
    "to everyone, they see the painting alone, not the photo",
    shown_by="shown by {who}",
    by_a_model="a model painted this picture",
    shrunk="the photo is large, so I painted it at {width}×{height}",
    painting="the photo as a painting: {styles}",
    another_picture="like another picture",
    gallery="the photo in {count} styles, each with its number",
    original_photo="the original photo",
    style_picture="the picture whose style was asked for",
    more="stronger",
    less="weaker",
    keep_colours="Keep the colours",
    paint_colours="Paint the colours too",
    again="Another style",
    show="Show everyone",
    pick_style="Styles {first} to {last}: one, or two to mix",
    numbered="{number} · {name}",
    no_styles="I cannot paint yet: my bundle has no styles.",
    no_such_style="I do not know that style. I know: {known}",
    no_picture_here="There is no picture in that message. Try one with a photo or a drawing attached.",
    plain_style="That picture is of one colour, so there is no style in it. Use a painting, a pattern or a photo.",
    not_any_picture="I cannot take another picture as a style. Choose one of mine instead.",
    style_or_like="Choose a style by its name, or give a picture as the style, not both.",
    not_alone="There is more than one person in this photo, and the others were not asked. Use one of you alone.",
)
