"""Korean, about ``/about``."""

from bot.features.about.texts import AboutTexts

TEXTS = AboutTexts(
    commands={
        "about": "소개",
        "Who I am and what I can do": "제가 누구인지, 무엇을 할 수 있는지 알려 드려요",
    },
    what_is_kept="`/소개`: 아무것도 적어 두지 않아요.",
    about="**단톡 {version}**은 이 방의 말투로 다음 말을 이어요. "
    "모두 AI 모델이 지어낸 말이고, 누가 실제로 한 말이 아니에요. 지금 {provider}에서 돌고 있어요.",
    made="이 모델은 이렇게 만들어졌어요",
    privacy="여기서 오가는 말은 읽지도 배우지도 않고, 명령에 적어 주신 말도 남기지 않아요. "
    "직접 알려 주신 생일과, 다시는 하지 말라고 하신 제 말만 적어 둬요. "
    "`/개인정보`로 다 보고, 받고, 지울 수 있어요.",
)
