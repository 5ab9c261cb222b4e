"""Korean, about answers."""

from bot.features.reply.texts import ReplyTexts

TEXTS = ReplyTexts(
    commands={
        "reply": "답해",
        "Answer a sentence the way this group talks": "이 방의 말투로 답해요",
        "sentence": "문장",
        "What to answer, such as 오늘 뭐 먹지": "무슨 말에 답할까요? 예: 오늘 뭐 먹지",
        "Answer in our voice": "우리말로 답하기",
        "when-called": "부르면",
        "Managers: whether I answer when I am mentioned, replied to, or written to in private": "관리자: "
        "저를 부르거나, 제 말에 답장하거나, 개인 메시지를 보내면 제가 답할지 정해요",
        "answer": "대답",
        "Whether I answer": "답할까요?",
        "Yes": "켜기",
        "No": "끄기",
    },
    what_is_kept="`/답해`와 `우리말로 답하기`, 저를 부른 말: 따로 적어 두지 않아요. 디스코드에 남은 제 답과 그 아래 🔁 "
    "버튼에만 있고, 그 메시지를 지우면 없어져요. 서버마다 `/부르면`을 켰는지만 적어 둬요.",
    this_message="이 메시지",
    nothing_typed="답할 말이 없어요. `/답해 오늘 뭐 먹지`처럼 한마디 적어 주세요.",
    nothing_in_message="이 메시지에는 답할 글이 없어요. 글이 있는 메시지를 골라 주세요.",
    no_answer="이 말에는 마땅한 답이 떠오르지 않아요. 다른 말로 한 번 더 해 주세요.",
    turned_on="이제 저를 부르거나, 제 말에 알림을 켜고 답장하거나, 개인 메시지를 보내면 답할게요. 마땅한 답이 "
    "없으면 가만히 있어요. 끄려면 `/부르면 끄기`라고 해 주세요.",
    turned_off="이제 불러도 답하지 않을게요. `/답해`는 그대로 쓸 수 있어요.",
)
