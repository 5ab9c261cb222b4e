"""Korean, about ``/scene``."""

from bot.features.scene.texts import SceneTexts

TEXTS = SceneTexts(
    commands={
        "scene": "장면",
        "Invent a short conversation the way this group talks": "이 방의 말투로 짧은 대화를 지어내요",
        "word": "단어",
        "What the first to speak begins with": "첫 사람이 이 말로 입을 열어요",
        "turns": "마디",
        "How many turns, 2 to 8": "몇 마디 주고받을까요? 2~8",
        "temperature": "엉뚱함",
        "0 always says the likeliest; higher is wilder, up to 2": "0이면 가장 그럴듯한 말, 높을수록 엉뚱한 말. 최대 2",
        "seed": "번호",
        "The number under a scene repeats it": "장면 아래 적힌 번호를 넣으면 같은 장면을 다시 보여 줘요",
    },
    what_is_kept="`/장면`: 적어 주신 말은 따로 적어 두지 않아요. 디스코드에 남은 제 답과 그 아래 버튼에만 있고, 그 "
    "메시지를 지우면 없어져요.",
    nobody="A, B, C는 실제 인물이 아니에요",
    never_seen="처음 보는 말: {words}",
    temperature="엉뚱함 {temperature}",
    go_on="이어서",
    nothing_typed="눈에 보이는 글자가 없어요. `/장면 배고파 5`처럼 한마디 적어 주세요.",
    too_long="너무 길어서 장면을 못 열어요. {limit}자까지만 적어 주세요.",
    nothing_comes="그 말로는 해도 되는 말이 안 나왔어요. 다른 말로 시작해 주세요.",
    nothing_further="여기서는 더 할 말을 못 찾았어요. 🔁로 새 장면을 해 보세요.",
    not_here="지금 쓰는 모델은 장면을 지어낼 줄 몰라요.",
)
