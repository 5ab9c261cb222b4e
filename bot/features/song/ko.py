"""Korean, about ``/song``."""

from bot.features.song.texts import SongTexts

TEXTS = SongTexts(
    commands={
        "song": "노래",
        "Write a song in this group's words, with a refrain and rhymes": "이 방의 말로 후렴과 운이 있는 노래를 지어요",
        "word": "단어",
        "What to sing about; the refrain begins with it": "무엇을 노래할까요? 후렴이 이 말로 시작해요",
        "lines": "줄수",
        "How many lines; 8 if left out": "몇 줄로 지을까요? 비우면 8줄",
        "seed": "번호",
        "The number under a song repeats it": "노래 아래 적힌 번호를 넣으면 같은 노래를 다시 불러요",
    },
    what_is_kept="`/노래`: 적어 주신 말은 따로 적어 두지 않아요. 디스코드에 남은 노래에만 있고, 그 메시지를 지우면 "
    "없어져요.",
    another_verse="절 하나 더",
    nothing_typed="눈에 보이는 글자가 없어요. `/노래 라면`처럼 노래할 말을 한마디 적어 주세요.",
    too_long="후렴으로 부르기에는 너무 길어요. {limit}자까지만 적어 주세요.",
    nothing_comes="그 말로는 노래가 안 나와요. 다른 말로 다시 해 주세요.",
    no_verse_comes="다음 절이 안 떠올라요. `/노래`로 새 노래를 불러 달라고 해 주세요.",
    is_full="이 노래는 이제 충분히 길어요. `/노래`로 새 노래를 불러 달라고 해 주세요.",
    not_here="지금 쓰는 모델은 노래를 지을 줄 몰라요.",
)
