"""What training, export and the bot say of the owner's files is read in the language of the page."""

import typer

import owner.__main__
from bot.i18n import texts_for
from owner.errors import StepError
from owner.texts import OwnerTexts
from owner.translation import sentences, translated
from tests.bot.test_terminal import helps
from tests.sentences import unsaid


def test_every_help_is_in_korean() -> None:
    texts = helps(typer.main.get_command(owner.__main__.app))
    assert [text for text in texts if text not in sentences("ko") and text != "Show this message and exit."] == []


def test_no_help_is_kept_that_nobody_says_any_more() -> None:
    assert unsaid(texts_for(OwnerTexts, "ko").help, "owner") == set()


def test_each_reads_it_in_their_own_language() -> None:
    said = "chat.txt is empty: copy it again, or export the chat again if it was empty from the start."
    assert "chat.txt: 빈 파일" in translated(said, "ko_KR.UTF-8")
    assert translated(said, "en_GB.UTF-8") == said
    assert translated("Something new.", "ko") == "Something new."


def test_what_the_system_says_of_a_file_is_filled_in_in_that_language_too() -> None:
    error = StepError("cannot_write", place="out", reason="No space left on device")
    assert error.sentence("ko_KR.UTF-8") == "out에 쓸 수 없어요(디스크가 가득 참). 해결한 뒤 다시 해 주세요."
    assert "(No space left on device)" in error.sentence("en")
