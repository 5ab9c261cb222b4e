"""The request for consent: a text to paste into the room, in every language that an owner reads."""

from collections.abc import Mapping

_KO = (
    "우리 단톡방 말투로 말하는 디스코드 봇(Dantok)을 만들려고 해요. "
    "그러려면 이 방의 옛 대화로 작은 모델을 학습시켜야 해서, 먼저 한 명씩 물어볼게요.",
    "• 학습은 제 컴퓨터에서만 하고, 대화는 밖으로 나가지 않아요. 전화번호, 주소, 링크 같은 것은 먼저 지워요.",
    "• 봇은 아무도 한 적 없는 말을 지어내요. 몇 명만 쓴 문장은 그대로 말하지 않게 막지만, "
    "모델이 무언가를 외울 수는 있어요. 그래서 얼마나 외웠는지 재고, 결과를 보여 줄게요.",
    '• "네"라고 한 사람의 말만 배우고, 다른 사람의 이름은 지워요. 답이 없으면 배우지 않아요. 싫다고 해도 괜찮아요.',
    "• 나중에 마음이 바뀌면 저에게 말하거나 디스코드에서 `/개인정보 지우기`를 하면 돼요. 다음 학습부터 빠져요.",
    '내 말을 배워도 괜찮으면 "네", 싫으면 "아니요"라고 답해 주세요.',
)
_EN = (
    "I'd like to make a Discord bot (Dantok) that talks the way this room talks. "
    "For that a small model has to learn from our old chat, so I'm asking each of you first.",
    "• It learns on my own computer, and the chat does not leave it. "
    "Phone numbers, addresses, links and the like are taken out first.",
    "• The bot makes up things that nobody said. Sentences that only a few of us wrote are kept from coming out "
    "word for word, but a model may remember something. So I measure how much, and show you.",
    "• It learns only from those who say yes, and the names of the others are taken out. "
    "No answer means no. Saying no is fine.",
    "• If you change your mind, tell me, or use `/privacy forget` on Discord. "
    "From the next training on you are left out.",
    'Please answer "yes" if it may learn from what you wrote, or "no" if not.',
)

REQUESTS: Mapping[str, str] = {"ko": "\n".join(_KO), "en": "\n".join(_EN)}
"""By language."""
