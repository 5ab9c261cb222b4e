"""Korean, for the owner."""

from owner.texts import OwnerTexts, Sentences

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
_CHAT = {
    "No message was found in {names}: it holds only notes such as photos and joinings.": (
        "{names}에 메시지가 하나도 없어요. 사진이나 들어오고 나간 알림뿐이에요."
    ),
    "Too few messages are left to learn from ({count}, and {needed} are needed): add more files.": (
        "배울 메시지가 너무 적어요({count}개, {needed}개는 있어야 해요). 대화 파일을 더 넣어 주세요."
    ),
    "{name} holds no Discord data package: give the chat's file, or the package's folder.": (
        "{name}에는 디스코드 데이터가 없어요. 대화 파일이나 데이터 폴더를 넣어 주세요."
    ),
    "{name} is a Discord data package without the messages: ask Discord for one in which Messages is chosen.": (
        "{name}: 메시지가 빠진 디스코드 데이터예요. 메시지를 골라 다시 요청해 주세요."
    ),
    "{name} holds neither a Discord data package nor a chat's text: give the chat's file.": (
        "{name}에는 대화 파일이 없어요. 내보낸 대화 파일을 넣어 주세요."
    ),
    "{name} has an entry that leads outside it: neither Discord nor KakaoTalk makes such archives.": (
        "{name}: 압축 파일 밖을 가리키는 것이 들어 있어요. 내보낸 그대로의 파일을 넣어 주세요."
    ),
    "{name} is locked with a password: unpack it and give what was in it.": (
        "{name}: 비밀번호로 잠겨 있어요. 풀어서 안에 있는 파일을 넣어 주세요."
    ),
    "{name} would grow beyond all reason when unpacked: this is no archive of a chat.": (
        "{name}: 풀면 터무니없이 커져요. 대화를 압축한 파일이 아니에요."
    ),
    "{name} is a damaged zip archive: copy or download it again.": (
        "{name}: 압축 파일이 깨졌어요. 다시 복사하거나 받아 주세요."
    ),
    "{name} breaks off in line {line}, where a quotation mark never closes: give it as it was exported.": (
        "{name}: {line}번째 줄에서 따옴표가 닫히지 않고 끊겼어요. 내보낸 그대로의 파일을 넣어 주세요."
    ),
    "{name} holds nothing but blank lines: give the file that the chat's export made.": (
        "{name}: 빈 줄뿐이에요. 대화 내보내기로 만든 파일을 넣어 주세요."
    ),
    "{name} is a KakaoTalk export without a single dated message: export the whole chat.": (
        "{name}: 날짜가 있는 메시지가 하나도 없어요. 대화를 처음부터 다시 내보내 주세요."
    ),
    "{name} is Telegram's export of a whole account: export one chat, from its own menu.": (
        "{name}: 텔레그램 계정 전체를 내보낸 파일이에요. 대화방 하나의 메뉴에서 내보내 주세요."
    ),
    "{name} looks like a web page of a chat: export it as text or JSON, or {instead}.": (
        "{name}: 대화를 웹 페이지로 저장한 것 같아요. 텍스트나 JSON으로 내보내 주세요."
    ),
    "{name} is JSON of a form that is not known here: {instead}.": (
        "{name}: 모르는 모양의 JSON이에요. 카카오톡, 왓츠앱, 텔레그램에서 내보낸 대화를 넣어 주세요."
    ),
    "{name} looks like {kind}, which is not read here: {instead}.": (
        "{name}: {kind} 같은데 읽을 줄 몰라요. 카카오톡, 왓츠앱, 텔레그램에서 내보낸 대화를 넣어 주세요."
    ),
    "{name} looks like a table of messages whose columns are not known here: {instead}.": (
        "{name}: 모르는 칸으로 된 표예요. 카카오톡, 왓츠앱, 텔레그램에서 내보낸 대화를 넣어 주세요."
    ),
    "{name} looks like an export with dates and names in a form that is not known here: {instead}.": (
        "{name}: 날짜와 이름을 모르는 모양으로 적은 파일이에요. 카카오톡, 왓츠앱, 텔레그램에서 내보낸 대화를 넣어 "
        "주세요."
    ),
    "{name} has a name at the beginning of its lines, which is nobody's words: leave the text alone, or {instead}.": (
        "{name}: 줄마다 앞에 이름이 있어요. 말만 남기거나 카카오톡, 왓츠앱, 텔레그램에서 내보낸 대화를 넣어 주세요."
    ),
    "{name} is empty: copy it again, or export the chat again if it was empty from the start.": (
        "{name}: 빈 파일이에요. 다시 복사하거나, 처음부터 비어 있었다면 대화를 다시 내보내 주세요."
    ),
    "{name} is a {kind}, not a text: give the .txt or .csv file that the chat's export made.": (
        "{name}: 텍스트가 아니에요({kind}). 대화 내보내기로 만든 .txt나 .csv 파일을 넣어 주세요."
    ),
    "{name} ends in the middle, after {count} records: copy or download the whole file again.": (
        "{name}: 기록 {count}개 뒤에서 끊겼어요. 파일 전체를 다시 복사하거나 받아 주세요."
    ),
    "{name} is broken JSON after {count} records: give the export as it was made.": (
        "{name}: 기록 {count}개 뒤부터 JSON이 깨졌어요. 내보낸 그대로의 파일을 넣어 주세요."
    ),
    "{name} is no ordinary file: give the file that the chat's export made.": (
        "{name}: 보통 파일이 아니에요. 대화 내보내기로 만든 파일을 넣어 주세요."
    ),
    "{name} cannot be read: {reason}; check the path.": "{name}: 읽을 수 없어요({reason}). 경로를 확인해 주세요.",
    "{name} cannot be read: {reason}; copy it to this disk.": (
        "{name}: 읽을 수 없어요({reason}). 이 디스크로 복사해 주세요."
    ),
    "{name} is damaged inside its zip archive: copy or download the archive again.": (
        "{name}: 압축 파일 안에서 깨졌어요. 압축 파일을 다시 복사하거나 받아 주세요."
    ),
}
_WARNINGS = {
    "The files overlap: {count} messages were there more than once, and each counts once.": (
        "파일끼리 겹쳐요. 메시지 {count}개가 두 번 이상 있었고, 한 번씩만 셌어요."
    ),
    "A file ends in the middle of a message: copy the whole file again if the end of the chat is missing.": (
        "메시지 중간에서 끝난 파일이 있어요. 대화의 끝이 없다면 파일 전체를 다시 복사해 주세요."
    ),
    "{count} records have no readable time or text and were left out.": (
        "시각이나 글을 읽을 수 없는 기록 {count}개는 뺐어요."
    ),
    "The dates go back {count} times: give the parts of a split export in order.": (
        "날짜가 {count}번 뒤로 가요. 나뉜 파일이면 차례대로 넣어 주세요."
    ),
    "Some messages have no day and count as 1970.": "날짜가 없는 메시지가 있어서 1970년으로 셌어요.",
    "The file tells neither names nor times, so it counts as one long conversation.": (
        "이름도 시각도 없는 파일이라 긴 대화 하나로 셌어요."
    ),
    "Only one person writes here, so the voice will be that person's alone.": (
        "한 사람만 쓴 대화라서 그 사람 말투만 배워요."
    ),
    "This cannot be trained on. {problem}": "이 대화로는 배울 수 없어요. {problem}",
}
_PEOPLE = {
    "{path} is no list of people: each begins with [[person]].": (
        "{path}: 사람 목록이 아니에요. 한 사람은 [[person]]으로 시작해요."
    ),
    "{path} cannot be read as a list of people ({error}): mend that line.": (
        "{path}: 사람 목록으로 읽을 수 없어요({error}). 그 줄을 고쳐 주세요."
    ),
    "{path} cannot be read as a list of withdrawals ({error}).": (
        "{path}: 빠지겠다고 한 사람의 목록을 읽을 수 없어요({error})."
    ),
    "{names} withdrew after this was learnt: train the words again, and they are left out.": (
        "{names}: 배운 뒤에 빠지겠다고 했어요. 다시 배우면 빼고 배워요."
    ),
    "Nobody on the list is called {name}: it has {everybody}.": (
        "목록에 {name}라는 사람이 없어요. 있는 사람은 {everybody}예요."
    ),
    "{alias} is the name of {name} and no alias: part one of their aliases.": (
        "{alias}: {name}의 본이름이에요. 다른 이름을 골라 떼어 내 주세요."
    ),
    "{one} and {other} have one Discord ID: if they are one person, put the name of one among the aliases of the "
    "other.": ("{one}, {other}: 디스코드 번호가 같아요. 같은 사람이면 한 사람으로 합쳐 주세요."),
    "{name} is a name of {one} and of {other}: give every name to one person alone.": (
        "{name}: {one}의 이름이면서 {other}의 이름이에요. 한 이름은 한 사람만 쓰게 해 주세요."
    ),
}
_RUNS = {
    "{path} is damaged: train again with --force.": "{path}: 깨졌어요. 처음부터 다시 배워 주세요.",
    "{path} is damaged or missing ({error}): train again with --force.": (
        "{path}: 깨졌거나 없어요({error}). 처음부터 다시 배워 주세요."
    ),
    "The checkpoint {path} is damaged or missing: train again with --force.": (
        "{path}: 배우던 것이 깨졌거나 없어요. 처음부터 다시 배워 주세요."
    ),
    "The checkpoint {path} is damaged: train again with --force.": (
        "{path}: 배우던 것이 깨졌어요. 처음부터 다시 배워 주세요."
    ),
    "The report {path} is damaged ({error}): train again with --force.": (
        "{path}: 결과가 깨졌어요({error}). 처음부터 다시 배워 주세요."
    ),
    "The words that were cut cannot be kept in {path} ({error}): give another --cache, or delete that file.": (
        "{path}: 나눈 낱말을 저장할 수 없어요({error}). 그 파일을 지우고 다시 해 주세요."
    ),
    "{place} cannot be written or read: {reason}; mend that and repeat the command.": (
        "{place}: 쓰거나 읽을 수 없어요({reason}). 해결한 뒤 다시 해 주세요. 잃은 것은 없어요."
    ),
    "A file": "어떤 파일",
    "Stopped. The same command continues where this one stopped.": "멈췄어요. 다시 시작하면 이어서 해요.",
}
_LEAKS = {
    "This voice gives something away ({leaks}): train it again, with fewer --epochs or a larger room; or, if you take "
    "that on you, give --accept-leaks, which the bundle then says.": (
        "이 말투는 새어 나가면 안 되는 것을 말해요({leaks}). 대화를 더 넣고 다시 배워 주세요. 그래도 쓰려면 "
        "--accept-leaks를 "
        "붙이면 되고, 번들에 그렇게 적혀요."
    ),
}
_FACES = {
    "No face was found in any of the {count} photos in {folder}.": (
        "사진 {count}장에서 얼굴을 하나도 찾지 못했어요. 얼굴이 크게 나온 사진을 넣어 주세요."
    ),
    "There is no folder {folder}.": "{folder} 폴더가 없어요.",
    "There are no photos in {folder}.": "{folder}에 사진이 없어요.",
    "There are no prepared faces in {folder}: run `faces prepare` or `faces draw`.": (
        "{folder}에 준비된 얼굴이 없어요. 먼저 얼굴을 찾아 주세요."
    ),
    "The faces in {folder} are damaged ({error}): prepare them again.": (
        "{folder}: 얼굴이 깨졌어요({error}). 얼굴을 다시 찾아 주세요."
    ),
    "Of {count} faces {learn} are to learn from and {rest} to be held out: at least {fewest} of either are needed.": (
        "얼굴 {count}개로는 배울 수 없어요. 사진을 더 넣어 주세요."
    ),
    "Of {count} labelled faces {learn} are there for the {who} to learn from and {held_out} to test it: fill in some "
    "more rows of labels.csv.": "표시한 얼굴 {count}개로는 모자라요. 몇 개 더 표시해 주세요.",
    "Nothing is labelled in {path}: fill in some rows, or give --package, which says who smiles.": (
        "아직 표시한 얼굴이 없어요. 몇 개라도 표시해 주세요."
    ),
    "{path} is no text: save it as CSV.": "{path}: 텍스트가 아니에요. CSV로 저장해 주세요.",
    "{path}, line {line}: {text} is no label; write 1, -1, or nothing.": (
        "{path} {line}번째 줄: {text}는 쓸 수 없어요. 1, -1이나 빈칸으로 적어 주세요."
    ),
    "{path}, line {line}: there is no photo {name} among those that were prepared.": (
        "{path} {line}번째 줄: {name} 사진이 없어요."
    ),
    "the photo ends too near to the face": "얼굴이 사진 가장자리에서 잘렸어요",
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
    stages={
        "words": "준비하기",
        "reading": "대화 읽기",
        "morphemes": "낱말 나누기",
        "training": "배우기",
        "answers": "대답 배우기",
        "measuring": "얼마나 배웠는지 재기",
        "filling gaps": "빈칸 채우기 배우기",
        "measuring gaps": "빈칸 채우기 재기",
        "planting secrets": "무엇을 흘리는지 재기",
        "beside": "더 배울 준비하기",
        "pulse": "방의 시간 배우기",
        "reactions": "이모지 배우기",
        "song": "노래 배우기",
        "scene": "장면 배우기",
        "export": "봇이 쓸 수 있게 묶기",
        "finding faces": "사진에서 얼굴 찾기",
        "filling in": "나머지 표시하기",
        "bot": "디스코드에 있기",
        "prepare": "준비하기",
        "label": "준비하기",
        "labeller": "표시한 것 배우기",
        "faces": "준비하기",
        "judge": "심사하는 눈 기르기",
        "directions": "얼굴 바꾸는 법 찾기",
        "judging them": "바뀐 얼굴 심사하기",
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
    of_commands=_HELP | _CHAT | _WARNINGS | _PEOPLE | _RUNS | _LEAKS | _FACES,
)
