"""Korean, about ``/group`` and ``/invitation``."""

from bot.features.access.texts import AccessTexts

TEXTS = AccessTexts(
    commands={
        "group": "방",
        "Choose which of your groups I talk like in private messages": "개인 메시지에서 어느 방의 말투로 말할지 골라요",
        "invitation": "초대",
        "Managers: have this server served, with a code": "관리자: 저를 운영하는 분에게 받은 코드로 이 서버를 열어요",
        "code": "코드",
        "The code": "받은 코드",
    },
    what_is_kept="`/방`: 고르신 방 하나만 적어 둬요. 다른 방을 고르면 바뀌고, `/개인정보 지우기`로 지워요.",
    choose="개인 메시지에서 어느 방의 말투로 말할까요?",
    only_one="함께 계신 방은 하나예요. **{server}**의 말투로 말해요.",
    chosen="이제 개인 메시지에서는 **{server}**의 말투로 말할게요.",
    unnamed="서버 {id}",
    welcome="어서 오세요! 이제 이 서버에서 대답할게요. 무엇을 할 수 있는지는 `/소개`에 있어요.",
    served_already="이 서버에서는 이미 대답하고 있어요. 코드는 쓰지 않았어요.",
    no_such_code="쓸 수 없는 코드예요. 잘못 적었거나, 다 썼거나, 기한이 지났어요. "
    "저를 운영하는 분에게 새로 받아 주세요.",
)
