"""Korean."""

from bot.i18n import birthday_korean, face_korean
from bot.i18n.texts import Texts

KOREAN = Texts(
    commands={
        "say": "말해",
        "Continue a word the way this group talks": "이 방의 말투로 다음 말을 이어요",
        "word": "단어",
        "What to start with": "이 말로 시작해요",
        "n": "개수",
        "How many more morphemes, 1 to 50": "형태소를 몇 개 더 이을까요? 1~50",
        "temperature": "온도",
        "0 always says the likeliest; higher is wilder, up to 2": "0이면 가장 그럴듯한 말, 높을수록 엉뚱한 말. 최대 2",
        "seed": "시드",
        "The number under an answer repeats it": "답 아래 적힌 번호를 넣으면 같은 말을 다시 해요",
        "about": "소개",
        "Who I am and what I can do": "제가 누구인지, 무엇을 할 수 있는지 알려 드려요",
        **birthday_korean.COMMANDS,
        **face_korean.COMMANDS,
    },
    by_a_model="AI 모델이 지어낸 말이에요",
    read_as="‘{word}’ 다음에 {n}개 더 (끝의 숫자는 개수로 읽었어요)",
    never_seen="처음 보는 말: {words}",
    temperature="온도 {temperature}",
    nothing_typed="눈에 보이는 글자가 없어요. `/말해 윤혜 5`처럼 한마디 적어 주세요.",
    too_long="너무 길어서 못 이어요. {limit}자까지만 적어 주세요.",
    out_of_range="{name} 값은 {low}에서 {high}까지예요.",
    busy="지금 요청이 몰렸어요. 조금 있다가 다시 해 주세요.",
    slow="이번에는 너무 오래 걸려서 그만뒀어요. 조금 있다가 다시 해 주세요.",
    failed="제 쪽에서 문제가 생겼어요. 계속 이러면 방장에게 이 번호를 알려 주세요: `{reference}`",
    undelivered="답을 제대로 보내지 못했어요. 하려던 일은 됐을 수도 있으니 먼저 확인해 주세요.",
    unknown_button="이 버튼은 너무 오래됐거나 제가 만든 게 아니에요. 명령을 다시 써 주세요.",
    unknown_command="이 명령은 그사이에 바뀌었어요. 디스코드를 새로 고친 다음 다시 해 주세요.",
    about="**단톡 {version}**은 이 방의 말투로 다음 말을 이어요. "
    "모두 AI 모델이 지어낸 말이고, 누가 실제로 한 말이 아니에요. 지금 {provider}에서 돌고 있어요.",
    about_made="이 모델은 이렇게 만들어졌어요",
    about_privacy="여기서 오가는 말은 읽지도 배우지도 않고, 명령에 적어 주신 말도 남기지 않아요. "
    "직접 알려 주신 생일만 적어 두고, `/생일 지우기`로 언제든 지울 수 있어요.",
    birthday=birthday_korean.BIRTHDAYS,
    face=face_korean.FACES,
)
