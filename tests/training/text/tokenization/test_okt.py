"""Okt, asked for many words at once by several threads, answers what it answers to a person who asks for one line."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import konlpy.utils
import pytest

from training.text.tokenization import okt

LINES = [
    "윤혜야 생일 축하해 🎉",
    "아니 근데 도대체 뭐라는거야ㅋㅋㅋ ㅠㅠ",
    "걔랑그래욬ㅋㅋ 3시반에 010-1234-5678 로 10,000원 $ 5 원",
    "#태그 @me a@b.kr http://a.b/c?d=1#e 하하/Noun ///  😂😂 / 🇰🇷🇯🇵",
    "단독입찰보다 복수입찰의 경우 ... !! ?!",
    "2023 년 1 월 1 일 3 . 14 50 %",
]


@pytest.mark.parametrize("line", LINES)
def test_cuts_a_line_word_by_word_as_okt_cuts_it_whole(line):
    words = line.split()
    together = [morpheme for morphemes in okt.split(words) for morpheme in morphemes]
    assert together == okt.analyser().morphs(" ".join(words))


def test_cuts_the_originals_example():
    assert okt.split(["윤혜야", "생일", "축하해", "🎉"]) == [["윤혜", "야"], ["생일"], ["축하", "해"], ["🎉"]]


def test_threads_do_not_disturb_each_other():
    words = [word for line in LINES for word in line.split()] * 20
    calls = [words[start : start + 7] for start in range(0, len(words), 7)]
    alone = [okt.split(call) for call in calls]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(okt.split, calls)) == alone


def test_a_word_without_end_takes_no_time_without_end():
    word = "가나다라마바사아자차카타파하" * 100
    [morphemes] = okt.split([word])
    assert "".join(morphemes) == word


def test_nobody_sees_that_there_is_java():
    program = "from training.text.tokenization import okt; print(okt.split(['축하해']))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("[['축하', '해']]\n", "")


_IN_A_KOREAN_FOLDER = """
import konlpy.utils, pathlib, sys
konlpy.utils.installpath = sys.argv[1]
from training.text.tokenization import okt
print(okt.split(["안녕하세요"]))
"""


@pytest.mark.parametrize("language", ["C", "C.UTF-8"])
def test_a_korean_path_is_no_matter_whatever_the_locale(language: str, tmp_path: Path) -> None:
    installed = tmp_path / "한글 길"
    installed.mkdir()
    for part in ("java", "data"):
        (installed / part).symlink_to(Path(konlpy.utils.installpath) / part)
    environment = {**os.environ, "LC_ALL": language, "PYTHONPATH": os.pathsep.join(sys.path)}
    run = [sys.executable, "-X", "utf8", "-c", _IN_A_KOREAN_FOLDER, str(installed)]
    finished = subprocess.run(run, env=environment, capture_output=True, text=True, check=False, encoding="utf-8")
    assert finished.stdout.strip() == "[['안녕하세요']]", finished.stderr[-500:]
