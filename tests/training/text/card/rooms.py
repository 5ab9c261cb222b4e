"""A finished run of words, made by hand: its small files, as far as a card is made of them."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from training.text.card import ChatFigures
from training.text.config import TextConfig
from training.text.corpus.corpus import read_corpus
from training.text.curves import Epoch
from training.text.run import TextRun

MEASURES = {"perplexity": 40.0, "bits a character": 2.5, "distinct-2": 0.8}
NEVER_SHOWN = "오늘 저녁은 김치찌개로 하자"
REPORT: dict[str, Any] = {
    "made": {"network": "bigru", "trained": "2026-11-26T12:00:00+00:00", "data": "abc", "seed": "7"},
    "models": {"bigru": MEASURES, "Kneser-Ney 4-gram": MEASURES | {"perplexity": 50.0}},
    "metrics": {"perplexity": 40.0},
    "said": {"by_temperature": {"0.5": ["커피 마시러 가자"], "1.2": []}, "drawn": 96, "said": 20},
    "seconds": {},
}


def kakaotalk(people: dict[str, int]) -> str:
    """Return an export in which each person writes so often, at noon in March and at nine in the evening in May."""
    lines = ["우리 방 님과 카카오톡 대화", "저장한 날짜 : 2025-06-01 10:00:00", ""]
    for day, hour in (("2025년 3월 2일 일요일", "오후 12"), ("2025년 5월 4일 일요일", "오후 9")):
        lines.append(f"--------------- {day} ---------------")
        for name, count in people.items():
            lines += [f"[{name}] [{hour}:{minute:02}] {NEVER_SHOWN} {minute}" for minute in range(count)]
    lines.append("[윤혜] [오후 9:50] 내 번호 010-1234-5678 로 연락해")
    return "\n".join(lines)


def finished_run(folder: Path) -> TextRun:
    """Return a run as training leaves it, of an invented room."""
    chat = folder / "chat.txt"
    chat.write_text(kakaotalk({"윤혜": 30, "정훈": 20, "<b>다빈</b>": 10}), encoding="utf-8")
    run = TextRun(folder / "run")
    run.begin_with("these", TextConfig(), resumed=False)
    ChatFigures.of(read_corpus([chat])).write(run.chat)
    epochs = [Epoch(n, 4.0 - n, loss, 60.0) for n, loss in enumerate((3.9, 3.2, 3.4), 1)]
    run.history.write_text(json.dumps([asdict(epoch) for epoch in epochs]))
    run.report.write_text(json.dumps(REPORT))
    return run
