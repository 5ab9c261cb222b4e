"""A form that is not known is refused by what it looks like, and honest plain text is not."""

from pathlib import Path

import pytest

from training.common.errors import ChatError
from training.text.message import Message
from training.text.readers.detection import chats_in

STRANGERS = {
    "LINE, Korean": "[LINE] 우리 님과의 대화\n저장 일시 : 2026/01/07 21:03\n\n2026.01.07 수요일\n21:03\t윤혜\t안녕\n",
    "LINE, with KakaoTalk's dates": (
        "[LINE] 우리 님과의 대화\n저장한 날짜 : 2026. 1. 7. 오후 9:10\n\n2026. 1. 7. 수요일\n오후 9:03 윤혜 안녕\n"
    ),
    "LINE, English": "[LINE] Chat history with us\nSaved on: 2026/01/07 21:03\n\nWed, 01/07/2026\n21:03\tAnn\thi\n",
    "LINE, without its heading": "2026.01.07 수요일\n21:03\t윤혜\t안녕\n21:04\t도윤\t응\n21:05\t윤혜\t그래\n",
    "Telegram, copied": "윤혜, [07.01.2026 21:03]\n안녕\n\n도윤, [07.01.2026 21:04]\n응\n",
    "Discord, copied": "윤혜 — 2026. 1. 7. 오후 9:03\n안녕\n도윤 — 오늘 오후 9:04\n응\n",
    "DiscordChatExporter's text": "====\nGuild: 우리\nChannel: 방 / 잡담\n====\n[07-Jan-26 09:03 PM] 윤혜#1234\n안녕\n",
    "a table with semicolons": "Datum;Zeit;Name;Text\n".replace("Datum", "Date") + "07.01.2026;21:03;윤혜;안녕\n",
    "a table of another exporter": "timestamp,channel,author,message\n2026-01-07T21:03,1,윤혜,안녕\n",
    "short dates": "1/7 21:03 윤혜: 안녕\n1/7 21:04 도윤: 응\n1/7 21:05 윤혜: 그래\n",
    "days in brackets": "[26.1.7 (수) 오후 9:03] 윤혜\n안녕\n[26.1.7 (수) 오후 9:04] 도윤\n응\n",
    "a chat relay": "21:03 <윤혜> 안녕\n21:04 <도윤> 응\n",
    "DiscordChatExporter's text, from abroad": "[2026-01-07 9:03 PM] 윤혜\n안녕\n\n[2026-01-07 9:04 PM] 도윤\n응\n" * 4,
    "subtitles": "1\n00:00:01,000 --> 00:00:02,500\n안녕\n\n2\n00:00:03,000 --> 00:00:04,000\n응\n",
    "a web page": "<!DOCTYPE html>\n<html><body>안녕</body></html>\n",
    "other JSON": '{"participants": [{"name": "윤혜"}], "conversation": [{"name": "윤혜", "content": "안녕"}]}\n',
}
PLAIN = [
    "안녕\n9:00 출발\n엄마: 밥 먹어\n내일 3시에 보자\n",
    "3/5에 만나\n그래\n몇 시\n21:03 도착\n좋아\n응\n맛있겠다\n가자\n이따 봐\n",
    "할 일: 우유, 빵\n(진짜?) 응\n[공지] 내일 쉬어요\n<3\n",
    "2026년 새해 복 많이 받아\n고마워\n",
    "\n".join(
        f"{what}: {count}개" for count, what in enumerate(("우유", "빵", "달걀", "쌀", "파", "귤", "콩", "무", "감"))
    ),
    "엄마: 밥 먹어\n" + "응 갈게\n지금 나가\n" * 5 + "엄마: 빨리 와\n",
    "7:30 기차\n8:10 기차\n9:00 기차\n뭐 탈래\n",
]


@pytest.mark.parametrize("kind", STRANGERS)
def test_an_unknown_export_is_refused_by_what_it_looks_like(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_text(STRANGERS[kind], encoding="utf-8")
    with pytest.raises(ChatError, match=r"chat\.txt (looks like|is JSON of a form).*KakaoTalk, WhatsApp or Telegram"):
        chats_in(path)


@pytest.mark.parametrize("line", ["{}: {}", "{} : {}", "<{}> {}", "[{}] {}", "From: {}\nSent: 7 Jan\n{}\n"])
def test_names_in_front_are_nobodys_words(line: str, tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    said = ("안녕", "밥 먹었어?", "응 방금", "나도", "이따 봐")
    path.write_text(
        "".join(line.format(who, text) + "\n" for text in said for who in ("윤혜", "도윤")), encoding="utf-8"
    )
    with pytest.raises(ChatError, match="name at the beginning of its lines"):
        chats_in(path)


@pytest.mark.parametrize("text", PLAIN)
def test_plain_text_with_times_and_colons_in_it_stays_plain(text: str, tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_text(text, encoding="utf-8")
    (chat,) = chats_in(path)
    assert [item.text for item in chat.read() if isinstance(item, Message)] == text.splitlines()
