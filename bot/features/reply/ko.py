"""Korean, about answers."""

from bot.features.reply.texts import ReplyTexts

TEXTS = ReplyTexts(
    commands={
        "reply": "답해",
        "Answer a sentence the way this group talks": "이 방의 말투로 답해요",
        "sentence": "문장",
        "What to answer, such as 영화 볼 사람": "무슨 말에 답할까요? 예: 영화 볼 사람",
        "Answer in our voice": "우리말로 답하기",
        "when-called": "부르면",
        "Managers: whether I answer when I am mentioned, replied to, or written to in private": "관리자: "
        "저를 부르거나, 제 말에 답장하거나, 개인 메시지를 보내면 제가 답할지 정해요",
        "answer": "대답",
        "Whether I answer": "답할까요?",
        "chime-in": "끼어들기",
        "Managers: whether I may now and then say something unasked in this channel": "관리자: 이 채널에서 아무도 안 "
        "물어봐도 제가 가끔 한마디 할지 정해요",
        "allowed": "허락",
        "Whether I may; for that I read the messages here": "한마디 해도 될까요? 그러려면 여기 메시지를 읽어요",
        "Yes": "켜기",
        "No": "끄기",
    },
    what_is_kept="`/답해`와 `우리말로 답하기`, 저를 부른 말: 따로 적어 두지 않아요. 디스코드에 남은 제 답과 그 아래 🔁 "
    "버튼에만 있고, 그 메시지를 지우면 없어져요. 서버마다 `/부르면`을 켰는지만 적어 둬요.",
    what_is_read="`/끼어들기`: 방장이 허락해서, 제가 볼 수 있는 채널의 메시지를 디스코드가 저에게 보내요. 관리자가 켠 "
    "채널의 메시지만 제가 할 말이 있는지 보려고 읽고, 하나도 적어 두지 않아요. 채널마다 켰는지만 적어 둬요.",
    this_message="이 메시지",
    nothing_typed="답할 말이 없어요. `/답해 영화 볼 사람`처럼 한마디 적어 주세요.",
    nothing_in_message="이 메시지에는 답할 글이 없어요. 글이 있는 메시지를 골라 주세요.",
    no_answer="이 말에는 마땅한 답이 떠오르지 않아요. 다른 말로 한 번 더 해 주세요.",
    turned_on="이제 저를 부르거나, 제 말에 알림을 켜고 답장하거나, 개인 메시지를 보내면 답할게요. 마땅한 답이 "
    "없거나, 한 채널에서 1분에 {most}번 넘게 부르면 가만히 있어요. 끄려면 `/부르면 끄기`라고 해 주세요.",
    turned_off="이제 불러도 답하지 않을게요. `/답해`는 그대로 쓸 수 있어요.",
    unasked_on="이제 여기서는 아무도 안 물어봐도 가끔 한마디 할게요. 여럿이 쓰는 말이 꼭 어울릴 때만, 한 시간에 많아야 "
    "{most}번이고, {first}시부터 {last}시까지({zone})나 메시지가 빠르게 오갈 때는 가만히 있어요. 그러려고 여기 "
    "메시지를 읽지만 하나도 적어 두지 않아요. 끄려면 `/끼어들기 끄기`라고 해 주세요.",
    unasked_off="이제 여기서는 물어볼 때만 말할게요.",
    never_sure="아직 어떤 말에 어떤 답이 어울리는지 배우지 못해서, 방장이 다시 학습할 때까지는 가만히 있을게요.",
)
