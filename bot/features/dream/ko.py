"""Korean: dreams."""

from bot.features.dream.texts import DreamTexts

TEXTS = DreamTexts(
    commands={
        "dream": "꿈",
        "Let a model dream of your picture": "사진으로 AI가 꿈을 꿔요",
        "Let it dream": "꿈꾸게",
        "photo": "사진",
        "Any picture; only you see the answer": "아무 사진이나 좋아요. 답은 나만 볼 수 있어요",
        "depth": "깊이",
        "How deep the dream is": "얼마나 깊이 꿈꿀까요?",
        "Waves": "물결",
        "Eyes": "눈",
        "Dream": "꿈",
    },
    what_is_kept="`/꿈`: 사진은 꿈꾸는 동안만 메모리에 있다가 사라지고, 저는 어디에도 저장하지 않아요. 디스코드에 "
    "남은 제 답을 지우면 그것도 없어져요.",
    depths={"wave": "물결", "eye": "눈", "dream": "꿈"},
    dreamt="**{depth}** · {strongest}단계 중 {strength}단계",
    fallen="꿈속으로 빠져들어요: **{depth}** · {strongest}단계 중 {strength}단계",
    only_here="AI 모델이 사진에서 본 것을 덧그린 꿈이에요. 저는 사진을 저장하지 않아요. 원래 사진은 이 답에만 들어 "
    "있고, 나만 볼 수 있어요",
    only_you="저는 사진을 저장하지 않아요. 이 답은 나만 볼 수 있어요",
    shown_by="{who} 님이 보여 줬어요 · AI 모델이 사진에서 본 것을 덧그린 꿈이에요",
    more="더",
    less="덜",
    fall="빠져들기",
    show="모두에게 보여 주기",
    original="원래 사진",
    picture="AI 모델이 꿈꾼 사진: {depth}",
    animation="사진이 다가오면서 꿈으로 바뀌어요: {depth}",
    no_dreams="저는 아직 꿈을 못 꿔요. 방장이 새 버전으로 다시 내보내면 꿀 수 있어요.",
    no_picture="그 메시지에는 사진이 없어요.",
)
