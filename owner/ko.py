"""Korean, for the owner."""

from owner.texts import OwnerTexts, Sentences

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
        disk_full="{folder}가 있는 디스크가 가득 찼어요. 자리를 비우고 같은 버튼을 다시 눌러 주세요. 잃은 것은 없어요.",
        cannot_write="{place}에 쓸 수 없어요({reason}). 해결한 뒤 다시 해 주세요.",
        ended_without_a_word="밖에서 멈췄어요. 메모리가 모자랐을 수 있어요. 다시 시작하면 이어서 해요"
        "(자세한 내용: {log}).",
        does_not_open="대화 창이 열리지 않아요: {reason}",
        malformed_login="이건 토큰이 아니에요. 내 애플리케이션의 Bot 화면에서 Reset Token을 누르고, "
        "나온 값을 복사해 주세요.",
        login_missing="아직 토큰이 없어요. 먼저 봇의 토큰을 넣어 주세요.",
        login_unknown="디스코드가 모르는 토큰이에요. Bot 화면에서 Reset Token을 누르고 새 토큰을 복사해 주세요.",
        no_network="디스코드에 연결할 수 없어요. 인터넷 연결을 확인하고 다시 해 주세요.",
        discord_unwell="디스코드가 오류로 답했어요({status}). 몇 분 뒤에 다시 해 주세요.",
        service="{reason}",
        no_such_photo="{photo}(이)라는 사진이 없어요.",
    ),
    steps={
        "chat": "대화",
        "people": "사람들",
        "learn": "배우기",
        "faces": "얼굴",
        "listen": "들어 보기",
        "discord": "디스코드",
    },
    stages={
        "words": "준비하는 중",
        "reading": "대화를 읽는 중",
        "morphemes": "낱말을 나누는 중",
        "training": "배우는 중",
        "answers": "대답을 배우는 중",
        "measuring": "재어 보는 중",
        "filling gaps": "빈칸 채우기를 배우는 중",
        "measuring gaps": "빈칸 채우기를 재어 보는 중",
        "export": "말투를 저장하는 중",
        "bot": "디스코드에 있어요",
    },
    left="{time} 남았어요",
    minutes="약 {minutes}분",
    seconds="{seconds}초",
    verdict={
        "few": "메시지 {messages:,}개는 적어요. 문장이 깨질 수 있어요. 8,000개쯤부터 좋아져요.",
        "some": "메시지 {messages:,}개면 우리 말투인 줄은 알아요. 8,000개쯤부터 좋아져요.",
        "many": "메시지 {messages:,}개면 충분해요.",
    },
    of_commands={},
)
