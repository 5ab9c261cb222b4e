"""Korean, for the owner."""

from owner.texts import OwnerTexts, Sentences
from training.terminal.ko.lines import STAGES

_HELP = {
    "Open the owner's page; with a command, do without it. All commands of the bot are here, too.": (
        "방장 화면을 열어요. 명령을 적으면 화면 없이 해요. 봇의 명령도 모두 있어요."
    ),
    "The folder of your group, where commands run; else Dantok in your home.": (
        "우리 방의 폴더. 명령이 여기에서 돌아요. 없으면 홈 폴더의 Dantok."
    ),
    "Go the whole way from exports to a bot that can be started; the same command goes on where it was stopped.": (
        "대화 파일에서 봇을 켤 수 있을 때까지 한 번에 해요. 멈췄으면 같은 명령으로 이어서 해요."
    ),
    "A chat export, or a zip of some. May be repeated.": "내보낸 대화 파일이나 zip. 여러 번 적어도 돼요.",
    "More of them.": "대화 파일 더.",
    "Photos, a folder or a zip; a labels.csv in the folder says who smiles.": (
        "사진 폴더나 zip. 폴더 안에 labels.csv가 있으면 누가 웃는지 알아요."
    ),
    "A file with the bot's token and nothing else.": "봇의 토큰만 들어 있는 파일.",
    "Your word that all in the chat agreed that it is learnt from.": "방의 모두가 배워도 좋다고 했다는 뜻이에요.",
    "Make the bundle also where the voice gave something away; the bundle says so.": (
        "새어 나가면 안 되는 것을 말하는 말투라도 번들을 만들어요. 번들에 그렇게 적혀요."
    ),
    "More for `training text`: --training=--epochs=5.": "`training text`에 더 줄 것: --training=--epochs=5.",
    "Where to serve the page; else the first free one from 8300 on.": "화면을 열 포트. 없으면 8300부터 비어 있는 것.",
}

TEXTS = OwnerTexts(
    sentences=Sentences(
        no_training="대화를 읽고 배우는 프로그램이 아직 없어요({missing}). start.bat, start.command 또는 "
        "`make start`로 단톡을 열면 설치돼요.",
        no_exports="아직 대화 파일이 없어요. 카카오톡에서 내보낸 파일을 넣어 주세요.",
        not_read="지금 있는 대화 파일을 아직 읽지 않았어요. 먼저 읽어 주세요.",
        no_photos="아직 사진이 없어요. 한 사람이 카메라를 보고 있는 사진을 넣어 주세요.",
        no_faces="준비된 얼굴이 없어요. 사진을 넣고 먼저 얼굴을 찾아 주세요.",
        no_bundle="아직 말투가 없어요. 먼저 단톡이 배우게 해 주세요.",
        runs_already="이미 하고 있어요. 끝날 때까지 기다리거나 멈춰 주세요.",
        disk_full="{folder}가 있는 디스크가 가득 찼어요. 자리를 비우고 다시 해 주세요. 잃은 것은 없어요.",
        cannot_write="{place}에 쓸 수 없어요({reason}). 해결한 뒤 다시 해 주세요.",
        ended_without_a_word="밖에서 멈췄어요. 메모리가 모자랐을 수 있어요. 다시 시작하면 이어서 해요"
        "(자세한 내용: {log}).",
        wrong_flag="--training에 쓸 수 없는 옵션이나 값이 있어요. 무엇이 틀렸는지는 {log}에 있어요.",
        does_not_open="대화 창이 열리지 않아요: {reason}",
        malformed_login="이건 토큰이 아니에요. 내 애플리케이션의 Bot 화면에서 Reset Token을 누르고, "
        "나온 값을 복사해 주세요.",
        login_missing="아직 토큰이 없어요. 먼저 봇의 토큰을 넣어 주세요.",
        login_unknown="디스코드가 모르는 토큰이에요. Bot 화면에서 Reset Token을 누르고 새 토큰을 복사해 주세요.",
        no_network="디스코드에 연결할 수 없어요. 인터넷 연결을 확인하고 다시 해 주세요.",
        discord_unwell="디스코드가 오류로 답했어요({status}). 몇 분 뒤에 다시 해 주세요.",
        service="{reason}",
        no_such_photo="{photo}(이)라는 사진이 없어요.",
        no_such_file="{file} 파일을 읽을 수 없어요. 있는 파일의 경로를 적어 주세요.",
        no_such_kind="{file}: 사진이 아니에요. JPEG, PNG, HEIC 같은 사진이나 그것을 묶은 zip을 넣어 주세요.",
        nothing_in_zip="{file}: 압축 파일에 사진이 없어요. 사진을 묶은 zip을 넣어 주세요.",
        bad_zip="{file}: 압축 파일이 깨졌거나 비밀번호로 잠겨 있어요. 풀어서 안에 있는 사진을 넣어 주세요.",
        swollen_zip="{file}: 풀면 터무니없이 커져요. 사진을 묶은 압축 파일이 아니에요.",
        nobody_agreed="아직 좋다고 한 사람이 없어서 아무것도 배우지 않았어요. 위의 글로 물어본 다음 {file} 파일에서 "
        '좋다고 한 사람을 "yes"로 바꾸고 다시 해 주세요. 모두 좋다고 했다면 --everyone-agreed를 붙이면 돼요.',
        no_labels="아직 표시한 얼굴이 없어요. 몇 명이라도 웃는지 아닌지 표시해 주세요.",
    ),
    steps={
        "chat": "대화",
        "people": "사람들",
        "learn": "배우기",
        "faces": "얼굴",
        "listen": "들어 보기",
        "discord": "디스코드",
    },
    stages=STAGES
    | {
        "words": "준비하기",
        "beside": "더 배울 준비하기",
        "export": "봇이 쓸 수 있게 묶기",
        "bot": "디스코드에 있기",
        "prepare": "준비하기",
        "label": "준비하기",
        "faces": "준비하기",
    },
    left="{time} 남았어요",
    minutes="약 {minutes}분",
    seconds="{seconds}초",
    verdict={
        "few": "메시지 {messages:,}개는 적어요. 문장이 깨질 수 있어요. 8,000개쯤부터 좋아져요.",
        "some": "메시지 {messages:,}개면 우리 말투인 줄은 알아요. 8,000개쯤부터 좋아져요.",
        "many": "메시지 {messages:,}개면 충분해요.",
    },
    report={
        "messages": "메시지",
        "people": "사람",
        "days": "날",
        "kept": "배울 수 있는 메시지",
        "not_messages": "메시지가 아닌 것",
        "removed": "빼낸 개인정보",
        "dropped": "함께 뺀 것",
        "who": "누가 있나",
        "others": "나머지 모두",
    },
    kept="{bot} 봇의 토큰을 넣어 두었어요.",
    label_first="더 배우려면 먼저 얼굴 몇 개에 표시를 해야 해요. `dantok`으로 화면을 열고 눌러 주세요"
    "(모두 {sheet}에 있어요). 그때까지는 단톡에 들어 있는 얼굴을 써요.",
    look_at="얼마나 배웠는지 보기: {card}",
    needs_login="아직 토큰이 없어요. --token-file 파일을 붙여 다시 하거나 화면에서 넣어 주세요.",
    start_it="봇을 켜거나 계속 켜 두려면 이렇게 입력하세요:",
    stopped="멈췄어요. 같은 명령을 다시 하면 여기서 이어서 해요.",
    opens="단톡을 열었어요: {url} (Ctrl-C로 닫아요. 배우던 것은 계속 배워요.)",
    help=_HELP,
)
