"""Korean, about ``/say``."""

from bot.features.say.texts import SayTexts

TEXTS = SayTexts(
    commands={
        "say": "말해",
        "Continue a word the way this group talks": "이 방의 말투로 다음 말을 이어요",
        "word": "단어",
        "What to start with": "이 말로 시작해요",
        "n": "개수",
        "How many more morphemes, 1 to 50; left out, one whole sentence": "형태소를 몇 개 더 이을까요? 1~50. "
        "비우면 한 문장",
        "temperature": "엉뚱함",
        "0 always says the likeliest; higher is wilder, up to 2": "0이면 가장 그럴듯한 말, 높을수록 엉뚱한 말. 최대 2",
        "seed": "번호",
        "as": "처럼",
        "As which member, where the model has learned to": "누구 말투로 할까요? 모델이 배운 사람만 고를 수 있어요",
        "The number under an answer repeats it": "답 아래 적힌 번호를 넣으면 같은 말을 다시 해요",
    },
    what_is_kept="`/말해`: 적어 주신 말은 따로 적어 두지 않아요. 디스코드에 남은 제 답과 그 아래 🔁 버튼에만 있고, 그 "
    "메시지를 지우면 없어져요.",
    read_as="‘{word}’ 다음에 {n}개 더 (끝의 숫자는 개수로 읽었어요)",
    never_seen="처음 보는 말: {words}",
    temperature="엉뚱함 {temperature}",
    as_member="{member} 흉내",
    can_imitate="`/말해`의 `처럼`은 그래도 좋다고 한 사람의 말투를 흉내 내요: {names}. 이제 싫으면 "
    "`/개인정보 지우기`를 하고 방장에게 말해 주세요. 방장이 저를 다시 학습시키면 더는 흉내 내지 않아요.",
    nothing_typed="눈에 보이는 글자가 없어요. `/말해 윤혜 5`처럼 한마디 적어 주세요.",
    too_long="너무 길어서 못 이어요. {limit}자까지만 적어 주세요.",
    no_members="지금 쓰는 모델은 한 사람의 말투를 따로 배우지 않았어요. `처럼`을 빼고 다시 해 주세요.",
    no_such_member="그 사람 말투는 배우지 않았어요. 배운 사람: {names}",
    out_of_range="{name} 값은 {low}에서 {high}까지예요.",
)
