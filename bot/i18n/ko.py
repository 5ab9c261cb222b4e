"""Korean, for whatever is answered."""

from bot.i18n.texts import CoreTexts

TEXTS = CoreTexts(
    by_a_model="AI 모델이 지어낸 말이에요",
    picked_by_a_model="여럿이 쓰는 말에서 AI 모델이 골랐어요",
    busy="지금 요청이 몰렸어요. 조금 있다가 다시 해 주세요.",
    slow="이번에는 너무 오래 걸려서 그만뒀어요. 조금 있다가 다시 해 주세요.",
    failed="제 쪽에서 문제가 생겼어요. 계속 이러면 방장에게 이 번호를 알려 주세요: `{reference}`",
    undelivered="답을 제대로 보내지 못했어요. 하려던 일은 됐을 수도 있으니 먼저 확인해 주세요.",
    unknown_button="이 버튼은 너무 오래됐거나 제가 만든 게 아니에요. 명령을 다시 써 주세요.",
    unknown_command="이 명령은 그사이에 바뀌었어요. 디스코드를 새로 고친 다음 다시 해 주세요.",
    managers_only="서버 관리하기 권한이 있는 사람만 할 수 있어요.",
)
