"""Korean, about ``/privacy``."""

from bot.features.privacy.texts import PrivacyTexts

TEXTS = PrivacyTexts(
    commands={
        "privacy": "개인정보",
        "What I keep about you: read it, take it along, delete it": "제가 적어 둔 내 정보를 보고, 받고, 지워요",
        "show": "보기",
        "What I keep about members, in plain words": "무엇을 적어 두는지 쉬운 말로 알려 드려요",
        "export": "내보내기",
        "Everything about you as one file, to you alone": "나에 대해 적어 둔 것을 모두 파일 하나로, 나에게만 드려요",
        "forget": "지우기",
        "Delete everything about you; asks first": "나에 대해 적어 둔 것을 모두 지워요 (먼저 물어봐요)",
    },
    what_is_kept="`/개인정보`: 모두 지워 달라고 한 사람의 아이디와 그 시각을 적어 둬요. "
    "다음 학습에서 그 사람의 말을 빼기 위해서예요.",
    heading="제가 적어 두는 것",
    of_the_model="말투는 방장이 준 옛 대화로 배웠어요. 거기서 빠지고 싶으면 `/개인정보 지우기`를 해 주세요. "
    "적어 둔 것은 `/개인정보 내보내기`로 받을 수 있어요.",
    more_at="모델이 무엇을 기억할 수 있는지: <{url}>",
    ask_the_owner="모델이 무엇을 기억할 수 있는지 적은 글이 있어요. 방장에게 보여 달라고 하세요.",
    exported="저에게 있는 건 이게 전부예요.",
    nothing_kept="적어 둔 것이 없어요.",
    ask="모든 서버와 개인 메시지에서 적어 둔 것을 다 지울까요? 되돌릴 수 없어요.\n"
    "앞으로의 학습에서 내 말을 빼 달라는 뜻도 함께 남겨요.",
    forget="모두 지우기",
    keep="그대로 두기",
    forgotten="다 지웠어요. 다음 학습에서 빼 달라는 뜻만 아이디와 함께 남겼고, 방장이 볼 수 있어요.\n"
    "방장의 백업에 남은 것은 오래된 백업부터, 보통 4주 안에 사라져요. "
    "지금 모델이 이미 배운 것은 그대로예요. 방장이 모델을 다시 학습시켜야 잊어요.",
    some_left="지금 보내고 있는 축하의 기록은 아직 남아 있어요. 조금 있다가 한 번 더 지워 주세요.",
    unchanged="그대로 두었어요.",
    withdrawals="{count}명이 학습에서 빼 달라고 했어요. 디스코드 아이디와 그 시각이에요.",
    no_withdrawals="학습에서 빼 달라고 한 사람이 없어요.",
)
