"""English, for the owner."""

from owner.texts import OwnerTexts, Sentences

TEXTS = OwnerTexts(
    sentences=Sentences(
        no_training="What reads and learns is not installed here ({missing}): open Dantok by start.bat, "
        "start.command or `make start`, which install it.",
        no_exports="There is no export yet: add the file that KakaoTalk saved.",
        not_read="The exports have not been read as they are now: read them first.",
        no_photos="There are no photos yet: add some in which one person looks into the camera.",
        no_faces="No faces are prepared yet: add photos and let the faces be found first.",
        no_bundle="There is no voice yet: let Dantok learn first.",
        runs_already="This is running already: wait until it ends, or stop it.",
        disk_full="The disk of {folder} is full: make room and press the same button again; nothing is lost.",
        cannot_write="{place} cannot be written ({reason}): mend that and do it again.",
        ended_without_a_word="It was ended from outside, perhaps because memory ran out: start it again and it goes on "
        "(more is in {log}).",
        does_not_open="The chat does not open: {reason}",
        malformed_login="This is not a token: press Reset Token on the Bot page of your application and copy "
        "what it shows.",
        login_missing="There is no token yet: enter the one of your bot first.",
        login_unknown="Discord does not know this token: press Reset Token on the Bot page and copy the new one.",
        no_network="Discord cannot be reached: check the network, then try again.",
        discord_unwell="Discord answers with an error ({status}): try again in a few minutes.",
        service="{reason}",
        no_such_photo="There is no photo called {photo}.",
    ),
    steps={
        "chat": "Chat",
        "people": "People",
        "learn": "Learn",
        "faces": "Faces",
        "listen": "Listen",
        "discord": "Discord",
    },
    stages={
        "words": "getting ready",
        "reading": "reading the chat",
        "morphemes": "cutting words",
        "training": "learning",
        "answers": "learning answers",
        "measuring": "measuring",
        "filling gaps": "learning to fill blanks",
        "measuring gaps": "measuring blanks",
        "export": "writing the voice",
        "bot": "on Discord",
    },
    left="{time} left",
    minutes="about {minutes} min",
    seconds="{seconds} s",
    verdict={
        "few": "{messages:,} messages are few: expect broken sentences; from about 8,000 it gets good.",
        "some": "{messages:,} messages make a voice that one recognises; from about 8,000 it gets good.",
        "many": "{messages:,} messages are enough for a good voice.",
    },
    of_commands={},
)
