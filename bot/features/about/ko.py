"""Korean, about ``/about``."""

from bot.features.about.texts import AboutTexts

TEXTS = AboutTexts(
    commands={
        "about": "소개",
        "Who I am and what I can do": "제가 누구인지, 무엇을 할 수 있는지 알려 드려요",
    },
    what_is_kept="`/소개`: 아무것도 적어 두지 않아요.",
    about="저는 이 방의 목소리, **단톡**이에요. 이 방의 말투로 말해요. "
    "모두 AI 모델이 지어낸 말이거나 여럿이 쓰는 말에서 고른 것이고, 한 사람만 한 말은 옮기지 않아요.",
    pitches={
        "say": "💬 `/말해 윤혜 5` 하면 이 방의 말투로 다음 말을 이어요",
        "photo": "😊 `/얼굴 웃음` 하면 사진 속 얼굴을 웃게 하거나, 세상에 없는 얼굴을 그려요",
        "face": "😊 `/얼굴 웃음` 하면 세상에 없는 얼굴을 그려서 웃게 해요",
        "birthday": "🎂 `/생일 등록 3월 5일` 하면 그날 이 방의 말투로 축하해요",
        "reply": "↩️ `/답해` 하면 적어 주신 말에 이 방의 말투로 답해요",
    },
    privacy="이 방에서 오가는 말은 배우지 않고 적어 두지도 않아요. 직접 알려 주신 생일과, "
    "다시는 하지 말라고 하신 제 말만 적어 둬요. "
    "`/개인정보`로 다 보고, 받고, 지울 수 있어요.",
    demo="단톡은 친구들의 단체 대화에서 말투를 배워, 한마디를 주면 그 방답게 이어 말하는 디스코드 봇이에요. "
    "여기는 지어낸 친구들의 방이고, 진짜 봇이 이 컴퓨터 안에서만 돌고 있어요. 마음껏 눌러 보세요.",
    show_made="어떻게 만들었나요",
    made="**단톡 {version}**",
    words_learnt="💬 말은 이 방의 옛 대화 {messages}개로 배웠어요, {when}",
    words_base="📚 그 전에 공개된 영화평과 질문 글로 한국어를 익혔어요 (CC0, MIT)",
    faces_learnt="😊 얼굴은 사진을 보고 배웠어요, {when}",
    faces_drawn="😊 얼굴은 그린 얼굴을 보고 배웠어요, {when}",
    credits="📷 사진: {photos}",
    more_made="나머지는 방장이 `python -m bot check`로 볼 수 있어요",
)
