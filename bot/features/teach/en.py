"""English: things that members teach."""

from bot.features.teach.pictures import PictureProblem
from bot.features.teach.taught_pictures import Outcome
from bot.features.teach.texts import TeachTexts

TEXTS = TeachTexts(
    commands={},
    what_is_kept="`/teach`: no picture is kept. I keep numbers that sum each one up, its name, who taught it, and "
    "when. `/teach list` and `/privacy forget` delete it.",
    no_network="I can't recognise things in pictures yet. I can learn to once the owner gives me a newer model.",
    no_name="There are no letters in that name. Write something like “our cat”.",
    long_name="That name is too long. It can have up to {most} characters.",
    calling_name="A name can't have a mention or a link in it. Write just the name, like “our cat”.",
    refused_name="That name has words in it that I must not say here. Choose another one.",
    too_many_things="I already know {most} things here. Delete one with `/teach list` and try again.",
    unfit={
        PictureProblem.FACE: "There's a large face in that picture. I don't learn or recognise people: "
        "upload one without a person.",
        PictureProblem.BLANK: "That picture is all one colour, so there is nothing to see. Upload another one.",
    },
    learnt="**{name}** · pictures learned: {count}",
    learnt_nothing="**{name}**: I learned nothing new.",
    of_picture="Picture {number}: {problem}",
    outcomes={
        Outcome.KNOWN: "I already know this one, so I didn't count it.",
        Outcome.OF_ANOTHER: "I already know this one by another name, so I didn't count it.",
        Outcome.FULL: "{most} pictures of one thing are all I take. I've seen enough of it now.",
    },
    now_another="I need something to tell it apart from: teach me one more thing.",
    now_more_pictures="Teach me two or more pictures of each, and I'll tell you how well I recognise them.",
    recognised="Guessing each picture from all the others, I got {right} of {asked} right ({percent}%).",
    other_days="Pictures from other days and places teach me more. From one spot alone I learn the background",
    only_numbers="I keep no pictures, only numbers that sum them up",
    nothing_taught="You haven't taught me anything yet. Teach me two things with `/teach add`, and I'll tell them "
    "apart.",
    one_more="I only know one thing so far. Teach me another with `/teach add` and I'll tell them apart.",
    teach_again="My model has changed, so I can't compare with what I learned before. Teach me again with "
    "`/teach add`.",
    shows="**{name}**",
    perhaps="**Perhaps {name}**, or something that looks much like it.",
    unsure="**I don't know.** It doesn't look like anything you taught me.",
    only_you="An AI model's guess · The picture is in this answer alone, and only you can see it",
    shown_by="An AI model's guess · Shown by {who}",
    show="Show everyone",
    picture="The picture that was asked about",
    gone="I can't recognise things in pictures at the moment.",
    heading="What I have learned",
    nothing="You haven't taught me anything yet. Try `/teach add name:our cat`.",
    line="**{number}** {name} · pictures: {count} · {teachers}",
    and_more="and {count} more",
    is_old="my model has changed: teach me again",
    hidden_name="(words I must not say)",
    how="Press a number to delete it. You can delete what you taught; managers can delete anything.",
    page="page {page} of {pages} · {total} in all",
    not_yours="Only the person who taught it or a manager can delete it.",
    sure="**{name}** · pictures: {count}. Shall I forget it?",
    delete="Delete",
    keep="Cancel",
)
