"""Korean, about ``/fill``."""

from bot.features.fill.texts import FillTexts

TEXTS = FillTexts(
    commands={
        "fill": "채워",
        "Fill the blanks of a line the way this group talks": "빈칸에 들어갈 말을 이 방의 말투로 채워요",
        "line": "문장",
        "A line with a blank, such as 오늘 ___ 먹자": "빈칸이 있는 문장. 예: 오늘 ___ 먹자",
        "temperature": "엉뚱함",
        "0 always says the likeliest; higher is wilder, up to 2": "0이면 가장 그럴듯한 말, 높을수록 엉뚱한 말. 최대 2",
        "seed": "번호",
        "The number under an answer repeats it": "답 아래 적힌 번호를 넣으면 같은 말을 다시 해요",
    },
    what_is_kept="`/채워`: 적어 주신 문장은 따로 적어 두지 않아요. 디스코드에 남은 제 답과 그 아래 🔁 버튼에만 있고, "
    "그 메시지를 지우면 없어져요.",
    temperature="엉뚱함 {temperature}",
    no_blank="빈칸이 없어요. `/채워 오늘 ___ 먹자`처럼 채울 자리에 밑줄을 두 개 이상 넣어 주세요.",
    only_blanks="빈칸만 있어서 무슨 말인지 모르겠어요. `/채워 오늘 ___ 먹자`처럼 앞이나 뒤에 말을 적어 주세요.",
    too_long="너무 길어서 못 채워요. {limit}자까지만 적어 주세요.",
    too_many="빈칸이 너무 많아요. 한 번에 {limit}개까지 채울 수 있어요.",
    nothing_fits="이 빈칸에 넣을 말을 못 찾았어요. 앞뒤 말을 조금 바꿔서 다시 해 주세요.",
    not_here="지금 쓰는 모델은 빈칸을 채울 줄 몰라요.",
)
