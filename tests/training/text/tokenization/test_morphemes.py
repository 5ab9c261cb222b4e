"""Text comes back from its pieces, emoji whole; a second run asks nobody; the store on disk is private."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.bundle.tokenizer import normalise
from training.common.errors import CacheError
from training.text.tokenization import morphemes, okt

EMOJI = ["👨‍👩‍👧‍👦", "🇰🇷", "1️⃣", "#️⃣", "👍🏽", "❤️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏳️‍🌈", "🙂‍↔️", "❤️‍🔥", "👩🏽‍🤝‍👨🏻", "🫠"]


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("run") / "morphemes.sqlite"


def text_of(pieces):
    return "".join(pieces).replace("▁", " ").strip()


def test_marks_the_pieces_that_begin_a_word(cache):
    [pieces] = morphemes.cut(["윤혜야 생일 축하해 🎉"], cache=cache)
    assert pieces == ("▁윤혜", "야", "▁생일", "▁축하", "해", "▁🎉")


typed = st.text() | st.lists(
    st.sampled_from([*EMOJI, *"가나다ㅋㅠ뷁ab1. /▁\n\t𠮷é", "e\u0301", "\u200d", "\ufe0f", "축하해", "\x1f"])
).map("".join)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(typed, max_size=5))
@example(["", " ", "\n", "?!", "\ud83d", "a\x1fb"])
def test_any_text_comes_back_from_its_pieces(cache, texts):
    cut = morphemes.cut(texts, cache=cache)
    assert [text_of(pieces) for pieces in cut] == [normalise(text) for text in texts]
    assert all(cut) == all(normalise(text) for text in texts)


@pytest.mark.parametrize("emoji", EMOJI)
def test_never_cuts_an_emoji(cache, emoji):
    [pieces] = morphemes.cut([f"축하해{emoji}야 {emoji}"], cache=cache)
    assert pieces[-1] == f"▁{emoji}"
    assert [piece for piece in pieces[:-1] if emoji in piece]


def test_a_very_long_text_comes_back(cache):
    text = "ㅋ" * 3000 + "가나다" * 300 + " 끝 " * 1000
    [pieces] = morphemes.cut([text], cache=cache)
    assert text_of(pieces) == normalise(text)


@pytest.mark.parametrize(
    ("word", "okts", "pieces"),
    [
        ("축하해", ["축하", "해"], ("축하", "해")),
        ("축하함", ["축하", "하다"], ("축하", "함")),
        ("가나다", ["가", "다"], ("가", "나", "다")),
        ("하1️⃣", ["하", "1", "️⃣"], ("하", "1️⃣")),
        ("뭐", [], ("뭐",)),
    ],
)
def test_what_okt_loses_or_changes_is_a_piece_of_its_own(word, okts, pieces):
    assert morphemes.align(word, okts) == pieces


def test_a_second_run_asks_okt_nothing(tmp_path, monkeypatch):
    store = tmp_path / "new" / "morphemes.sqlite"
    first = morphemes.cut(["생일 축하해", "축하해 ㅋㅋ"], cache=store)
    monkeypatch.setattr(okt, "analyser", lambda: pytest.fail("Okt was asked again"))
    monkeypatch.setattr(okt, "split", lambda words: pytest.fail("Okt was asked again"))
    assert morphemes.cut(["생일 축하해", "축하해 ㅋㅋ"], cache=store) == first


def test_cuts_of_another_version_are_made_again(tmp_path, monkeypatch):
    store = tmp_path / "morphemes.sqlite"
    morphemes.cut(["축하해"], cache=store)
    monkeypatch.setattr(morphemes, "_MAKER", "a later Okt")
    monkeypatch.setattr(okt, "split", lambda words: [[word[0], word[1:]] for word in words])
    assert morphemes.cut(["축하해"], cache=store) == [("▁축", "하해")]


def test_tells_how_far_it_is(tmp_path):
    told = []
    texts = [f"축하{number}" for number in range(1000)]
    morphemes.cut(texts, cache=tmp_path / "store", progress=lambda done, total: told.append((done, total)))
    assert told[0] == (0, 1000)
    assert told[-1] == (1000, 1000)
    assert len(told) > 3
    assert told == sorted(told)


def test_only_its_owner_may_read_peoples_words(tmp_path):
    store = tmp_path / "morphemes.sqlite"
    morphemes.cut(["축하해"], cache=store)
    assert stat.S_IMODE(store.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [store]


def destroy(path):
    path.write_bytes(os.urandom(5000))


def truncate(path):
    path.write_bytes(path.read_bytes()[:5000])


def empty(path):
    path.write_bytes(b"")


def garble(path):
    content = bytearray(path.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    path.write_bytes(content)


def take_over(path):
    path.unlink()
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE cuts (something_else TEXT)")
    database.close()


def lie(path):
    database = sqlite3.connect(path)
    with database:
        database.execute("UPDATE cuts SET pieces = 'wrong'")
    database.close()


@pytest.mark.parametrize("damage", [destroy, truncate, garble, take_over])
def test_a_damaged_store_or_another_file_is_refused_and_left_as_it_is(tmp_path, damage):
    store = tmp_path / "morphemes.sqlite"
    morphemes.cut([f"축하{number}해" for number in range(500)], cache=store)
    damage(store)
    before = store.read_bytes()
    with pytest.raises(CacheError, match=r"morphemes\.sqlite .*--cache"):
        morphemes.cut(["축하해"], cache=store)
    assert store.read_bytes() == before


@pytest.mark.parametrize("damage", [empty, lie])
def test_cuts_that_are_gone_or_wrong_are_made_again(tmp_path, damage):
    store = tmp_path / "morphemes.sqlite"
    texts = [f"축하{number}해" for number in range(500)]
    first = morphemes.cut(texts, cache=store)
    damage(store)
    assert morphemes.cut(texts, cache=store) == first
    told = []
    morphemes.cut(texts, cache=store, progress=lambda done, total: told.append(done))
    assert told == [500]


def test_ctrl_c_ends_it_at_once_and_keeps_what_was_cut(tmp_path):
    program = f"""
import signal
from pathlib import Path
from training.text.tokenization import morphemes
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests in the background ignores it
def progress(done, total):
    print(done, flush=True)
morphemes.cut(["가나다라" + str(n) for n in range(200_000)], cache=Path({str(tmp_path / "store")!r}), progress=progress)
"""
    running = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    while int(running.stdout.readline()) == 0:
        pass
    running.send_signal(signal.SIGINT)
    _, errors = running.communicate(timeout=120)
    assert running.returncode != 0
    assert "KeyboardInterrupt" in errors
    database = sqlite3.connect(tmp_path / "store")
    assert 0 < database.execute("SELECT count(*) FROM cuts").fetchone()[0] < 200_000
    database.close()
