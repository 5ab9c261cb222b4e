"""Korean, about reactions."""

from bot.features.reactions.texts import ReactionTexts

TEXTS = ReactionTexts(
    commands={
        "emoji": "이모지",
        "Which emoji this group would give a sentence": "이 방이라면 어떤 이모지를 달지 알려 줘요",
        "sentence": "문장",
        "What to react to, such as 오늘 시험 망했어 ㅠㅠ": "무슨 말에 달까요? 예: 오늘 시험 망했어 ㅠㅠ",
        "Which emoji?": "무슨 이모지?",
        "react-when-called": "부르면-이모지",
        "Managers: whether I react when I am mentioned, replied to, or written to in private": "관리자: 저를 부르거나, "
        "제 말에 답장하거나, 개인 메시지를 보내면 이모지를 달지 정해요",
        "react": "이모지",
        "Whether I react": "이모지를 달까요?",
        "Yes": "켜기",
        "No": "끄기",
    },
    what_is_kept="`/이모지`와 `무슨 이모지?`, 저를 부른 말: 따로 적어 두지 않아요. 단 이모지는 디스코드에만 있어요. "
    "서버마다 `/부르면-이모지`를 켰는지만 적어 둬요.",
    this_message="이 메시지",
    given="이 방이라면 {emoji} 이거죠! 달아 뒀어요.",
    told="이 방이라면 {emoji}",
    by_a_model="AI 모델이 골랐어요",
    nothing_typed="이모지를 달 말이 없어요. `/이모지 오늘 시험 망했어 ㅠㅠ`처럼 한마디 적어 주세요.",
    nothing_in_message="이 메시지에는 읽을 글이 없어요. 글이 있는 메시지를 골라 주세요.",
    not_sure="이 말에는 이 방이 어떤 이모지를 달지 잘 모르겠어서, 안 다는 편이 낫겠어요.",
    not_here="지금 쓰는 모델은 이모지를 배우지 않았어요.",
    turned_on="이제 저를 부르거나, 제 말에 알림을 켜고 답장하거나, 개인 메시지를 보내면 이 방이 달 만한 이모지를 "
    "달게요. 잘 모르겠거나, 한 채널에서 1분에 {most}번 넘게 부르면 가만히 있어요. "
    "끄려면 `/부르면-이모지 끄기`라고 해 주세요.",
    turned_off="이제 불러도 이모지를 달지 않을게요. `/이모지`는 그대로 쓸 수 있어요.",
)
