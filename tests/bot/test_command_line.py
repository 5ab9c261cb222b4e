"""What is wrong with a command line is said in Korean at a Korean terminal, by every program alike."""

import pytest
from typer.testing import CliRunner

import bot.__main__
import export.__main__
import owner.__main__
import training.__main__

PROGRAMS = {
    "bot": bot.__main__.app,
    "training": training.__main__.app,
    "export": export.__main__.app,
    "owner": owner.__main__.app,
}


def misused(line: str, locale: str) -> str:
    program, *words = line.split()
    done = CliRunner().invoke(PROGRAMS[program], words, env={"LC_ALL": locale})
    assert done.exit_code == 2
    return " ".join(done.stderr.replace("│", " ").split())


@pytest.mark.parametrize(
    ("line", "english", "korean"),
    [
        ("bot --bogus", "No such option: --bogus", "--bogus 옵션은 없어요."),
        ("bot nope", "No such command 'nope'.", "'nope' 명령은 없어요."),
        ("bot say", "Missing argument 'word'.", "'word' 자리에 넣을 것이 빠졌어요."),
        ("bot face smile", "Missing option '--out'.", "'--out' 옵션이 빠졌어요."),
        ("bot say 윤혜 x", "Invalid value for 'n'", "'n'에 쓸 수 없는 값이에요: 정수를 적어 주세요."),
        ("bot say 윤혜 51", "less than or equal to 50", "50보다 크지 않은 수를 적어 주세요."),
        ("bot say 윤혜 0", "greater than or equal to 1", "1보다 작지 않은 수를 적어 주세요."),
        ("bot say 윤혜 5 6", "unexpected extra argument", "필요 없는 것이 더 있어요: 6"),
        ("bot say 윤혜 --seed", "requires an argument", "'--seed' 뒤에 값이 있어야 해요."),
        ("bot say 윤혜 --json=1", "does not take a value", "'--json' 뒤에는 값을 적지 않아요."),
        ("bot face smile --out x --how z", "is not one of", "'z' 대신 'carry', 'decode' 가운데 하나를 적어 주세요."),
        ("owner al", "Did you mean 'all'", "'al' 명령은 없어요. 'all'을(를) 쓰려던 건가요?"),
        ("training text a.txt --oot b", "Possible options", "--oot 옵션은 없어요. --"),
        ("training text a.txt", "is needed, unless with --dry-run.", "--dry-run이 아니면 꼭 있어야 해요."),
        ("export", "Missing option '--out'.", "'--out' 옵션이 빠졌어요. 쓰는 법:"),
    ],
)
def test_it_is_one_sentence_in_the_language_of_who_sits_there(line: str, english: str, korean: str) -> None:
    assert english in misused(line, "en_GB.UTF-8")
    assert korean in misused(line, "ko_KR.UTF-8")
    assert english not in misused(line, "ko_KR.UTF-8")
