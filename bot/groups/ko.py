"""Korean, about groups."""

from bot.groups.texts import GroupTexts

TEXTS = GroupTexts(
    stands_in="이 방이 아니라 지어낸 방의 말투예요",
    no_voice="이 서버의 말투는 아직 없어요. 저를 운영하는 분에게 넣어 달라고 해 주세요.",
    no_voice_of_yours="지금 계신 방 가운데 말투가 있는 방이 없어요. 방의 서버에서 불러 주세요.",
    cannot_open="지금은 이 방의 말투를 열 수 없어요. 저를 운영하는 분에게 알려 뒀어요.",
    choose_first="여러 방에 계시네요. 어느 방의 말투로 말할지 `/방`으로 골라 주세요.",
    not_served="아직 이 서버에서는 대답하지 않아요. 저를 운영하는 분에게 초대 코드를 받아, "
    "서버 관리하기 권한이 있는 분이 `/초대`로 넣어 주세요.",
    not_served_in_private="여기서는 제가 있는 서버의 멤버와만 이야기해요.",
)
