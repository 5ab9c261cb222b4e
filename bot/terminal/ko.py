"""Korean, at the terminal."""

from bot.terminal.texts import TerminalTexts

_HELP = {
    "Dantok talks in a group chat's own voice: on Discord, in a page on this machine, or in the terminal.": (
        "단톡은 우리 단톡방 말투로 말해요. 디스코드에서도, 이 컴퓨터의 화면에서도, 터미널에서도요."
    ),
    "Run on Discord, with the settings from the environment and .env (.env.example names them all).": (
        "디스코드에서 봇을 켜요. 설정은 환경 변수와 .env에서 읽어요(.env.example에 모두 있어요)."
    ),
    "Write the log here instead of to the terminal.": "기록을 터미널 대신 이 파일에 써요.",
    "Show everything on this machine: a local Discord in a web page, with the real bot in it, and no token.": (
        "토큰 없이 이 컴퓨터에서 다 보여 줘요. 작은 디스코드 화면이 열리고 진짜 봇이 들어 있어요."
    ),
    'Type a command such as "/say 윤혜 5", print the answer, and exit.': (
        '"/say 윤혜 5" 같은 명령을 한 번 하고 대답을 보여 준 뒤 끝나요.'
    ),
    "Let 30d, 12h or 90m pass and print what the bot posts then.": (
        "30d(일), 12h(시간), 90m(분)만큼 시간을 보내고 그때 봇이 올린 것을 보여 줘요."
    ),
    "With --once: write the pictures of the answers here.": "--once와 함께: 대답에 있는 그림을 여기에 저장해요.",
    "Where to serve the page; 0 takes a free one.": "화면을 열 포트. 0이면 비어 있는 것을 골라요.",
    "Open the page in the browser.": "브라우저에서 화면을 열어요.",
    "The folder of the bundle to show.": "보여 줄 번들 폴더.",
    "The folder of another group's bundle: the page shows both, side by side.": (
        "다른 방의 번들 폴더. 두 방을 나란히 보여 줘요."
    ),
    "Continue WORD by N morphemes, or to the end of its sentence, here in the terminal.": (
        "WORD 다음을 N개 형태소만큼, 또는 문장이 끝날 때까지 이 터미널에서 이어 말해요."
    ),
    "What to start with.": "시작할 말.",
    "How many more morphemes; left out, one whole sentence.": "이어 말할 형태소 개수. 없으면 한 문장.",
    "0 always says the likeliest.": "0이면 늘 가장 그럴듯한 말을 해요.",
    "Repeats an answer.": "같은 대답을 다시 해요.",
    "Print an invitation: with it somebody with Manage Server has their server served; the bot may be running.": (
        "초대 코드를 만들어요. 서버 관리하기 권한이 있는 사람이 이 코드로 자기 서버를 열어요. 봇이 켜져 있어도 돼요."
    ),
    "How many servers may come with it.": "이 코드로 열 수 있는 서버 수.",
    "How long it is good.": "며칠 동안 쓸 수 있는지.",
    "Serve no more a server that came with an invitation; what is kept about it goes a month later.": (
        "초대 코드로 들어온 서버에서 더는 대답하지 않아요. 적어 둔 것은 한 달 뒤에 지워요."
    ),
    "The id of a server, a long number.": "서버의 번호(긴 숫자).",
    "Instead of DANTOK_BUNDLE, ./bundle or the demo's.": "DANTOK_BUNDLE, ./bundle, 데모 번들 대신 쓸 것.",
    "Print one JSON object.": "JSON 하나로 보여 줘요.",
    "Change a face, a new one or one in a photo, and write it to a file.": (
        "새 얼굴이나 사진 속 얼굴을 바꿔서 파일로 저장해요."
    ),
    "What to change, in Korean or English: smile, 안경, Pale_Skin …": "바꿀 것: smile, 안경, Pale_Skin …",
    "The PNG to write.": "저장할 PNG 파일.",
    "A photo with a face; without it a new face is drawn.": "얼굴이 있는 사진. 없으면 새 얼굴을 그려요.",
    "Below 0 takes it away.": "0보다 작으면 없애요.",
    "Draws the same face again.": "같은 얼굴을 다시 그려요.",
    "Carry the change onto the photo, or paste in the decoded face.": (
        "달라진 것만 사진에 옮기거나(carry) 다시 그린 얼굴을 붙여요(decode)."
    ),
    "Which of several in the photo, from the left: 2, or 1,3, or all.": "여러 명이면 왼쪽부터 몇 번째: 2, 1,3, all.",
    "Check the settings and the bundle, and show what it really runs on and which versions are installed.": (
        "설정과 번들을 확인하고, 무엇으로 돌아가는지와 설치된 버전을 보여 줘요."
    ),
    "Write the birthdays and all that goes with them to FILE; the bot may be running.": (
        "생일과 그에 딸린 것을 모두 FILE에 저장해요. 봇이 켜져 있어도 돼요."
    ),
    "Where to write it; a file of that name is replaced.": "저장할 곳. 같은 이름의 파일은 바뀌어요.",
    "Replace all birthdays with what is in FILE; the bot may be running.": (
        "생일을 모두 FILE에 있는 것으로 바꿔요. 봇이 켜져 있어도 돼요."
    ),
    "A backup; without it, the newest that the bot made by itself.": "백업 파일. 없으면 봇이 스스로 만든 가장 새것.",
    "Do not ask.": "묻지 않아요.",
    "Print who asked on Discord to be left out of training: IDs and when; the bot may be running.": (
        "디스코드에서 학습에서 빠지겠다고 한 사람을 보여 줘요(ID와 시각). 봇이 켜져 있어도 돼요."
    ),
    "Keep the bot running by itself: from log-on on, and after a fault.": (
        "봇을 저절로 켜 둬요. 로그인할 때 켜지고, 꺼지면 다시 켜져요."
    ),
    "Keep the bot of this folder running: start it now, at each log-on, and again after a fault.": (
        "이 폴더의 봇을 계속 켜 둬요. 지금 켜고, 로그인할 때마다, 꺼졌을 때도 다시 켜요."
    ),
    "Show whether the service runs; exit code 1 if it does not.": (
        "켜져 있는지 보여 줘요. 꺼져 있으면 종료 코드가 1이에요."
    ),
    "Stop the bot and keep it running no longer; what it keeps stays.": (
        "봇을 끄고 더는 켜 두지 않아요. 적어 둔 것은 그대로 있어요."
    ),
}
_CHECK = {
    "setting": "설정",
    "bundle": "번들",
    "bundles": "번들들",
    "database": "데이터베이스",
    "runs on": "쓰는 장치",
    "set": "있음",
    "no metrics": "잰 값 없음",
    "on {host}": "{host}에 있음",
    "{folder} cannot be read: look at {parent}.": "{folder} 폴더를 읽을 수 없어요. {parent}를 확인해 주세요.",
    "{file} cannot be written: look at {there}.": "{file}에 쓸 수 없어요. {there}를 확인해 주세요.",
    "This is the voice of the demo's invented group, not of yours: export a bundle, or set DANTOK_BUNDLE.": (
        "이건 우리 말투가 아니라 데모에 나오는 지어낸 방의 말투예요. 번들을 만들거나 DANTOK_BUNDLE을 정해 주세요."
    ),
}
_VALUES = {
    "the folder of a bundle": "번들 폴더",
    "auto, cuda or cpu": "auto, cuda, cpu 가운데 하나",
    "a folder": "폴더",
    "the URL of a PostgreSQL or SQLite database": "PostgreSQL이나 SQLite 데이터베이스의 URL",
    "a whole number from 0 to 1,000": "0부터 1,000까지의 정수",
    "the token from the Bot page of your application on Discord, in one word": (
        "디스코드의 내 애플리케이션 Bot 화면에서 복사한 토큰 한 단어"
    ),
    "a number from 0 to 2": "0부터 2까지의 수",
    "everybody or asker": "everybody나 asker",
    "the address of an inference engine": "모델을 돌리는 컴퓨터의 주소",
    "a secret of 16 characters or more": "16자 이상의 비밀 글자",
    "a whole number from 64 to 1,000,000": "64부터 1,000,000까지의 정수",
    "invented or none": "invented나 none",
    "everybody, invited, or the ids of servers, with commas between them": (
        "everybody, invited, 또는 쉼표로 이은 서버 번호들"
    ),
    "off or on": "off나 on",
    "two hours from 0 to 23, such as 23-8; 0-0 is never": "0부터 23까지의 시각 두 개(23-8처럼, 0-0은 없음)",
    "a number or two, and of how many, such as 0-3/16": "번호 하나나 둘과 모두 몇 개인지(0-3/16처럼)",
    "an IANA time zone, such as Asia/Seoul": "Asia/Seoul 같은 IANA 시간대",
    "a whole number from 1 to 10,000": "1부터 10,000까지의 정수",
    "the address of a web page": "웹 페이지의 주소",
    "the id of a server, a long number": "서버의 번호(긴 숫자)",
    "DEBUG, INFO, WARNING or ERROR": "DEBUG, INFO, WARNING, ERROR 가운데 하나",
    "text or json": "text나 json",
    "an IP address of this machine": "이 컴퓨터의 IP 주소",
    "a port from 1 to 65,535": "1부터 65,535까지의 포트",
}
"""What a setting must be, by its description."""
_ERRORS = {
    "{name} is missing: it must be {description}.": "{name} 설정이 없어요. 값은 이래야 해요: {description}.",
    "{name} is wrong: it must be {description}.": "{name} 설정이 잘못됐어요. 값은 이래야 해요: {description}.",
    "{name} is no setting: did you mean {nearest}?": "{name} 설정은 없어요. 혹시 {nearest}인가요?",
    "{name} is no setting: there are {names}.": "{name} 설정은 없어요. 있는 것은 {names}예요.",
    ".env cannot be read: make it a text file in UTF-8 that you may read, or take it away.": (
        ".env 파일을 읽을 수 없어요. 읽을 수 있는 UTF-8 텍스트 파일로 만들거나 지워 주세요."
    ),
    ".env is not a UTF-8 text file: save it as UTF-8.": ".env 파일이 UTF-8 텍스트가 아니에요. UTF-8로 저장해 주세요.",
    "This cannot be a token: {guess}. {advice}.": (
        "이건 토큰이 아니에요. 내 애플리케이션의 Bot 화면에서 Reset Token을 누르고, 나온 값을 따옴표 없이 복사해 "
        "주세요."
    ),
    "Discord does not know this token: copy it again from the Bot page of your application into DANTOK_TOKEN.": (
        "디스코드가 모르는 토큰이에요. 내 애플리케이션의 Bot 화면에서 다시 복사해 DANTOK_TOKEN에 넣어 주세요."
    ),
    "Discord does not allow the bot to read messages (code 4014): turn on Message Content Intent on the Bot page "
    "of your application, or leave out DANTOK_UNASKED, which alone needs it.": (
        "디스코드가 봇이 메시지를 읽는 것을 허락하지 않아요(코드 4014). 내 애플리케이션의 Bot 화면에서 Message Content "
        "Intent를 켜거나, 그것이 필요한 DANTOK_UNASKED를 빼 주세요."
    ),
    "Discord answered with error {status}: try again in a few minutes.": (
        "디스코드가 오류 {status}로 답했어요. 몇 분 뒤에 다시 해 주세요."
    ),
    "Discord closed the connection for good (code {code}): start again; if it stays so, copy the token again.": (
        "디스코드가 연결을 끊었어요(코드 {code}). 다시 켜 보고, 그래도 안 되면 토큰을 다시 복사해 주세요."
    ),
    "There is nothing visible in WORD: give a word, for example `say 윤혜 5`.": (
        "WORD에 보이는 글자가 없어요. `say 윤혜 5`처럼 낱말을 적어 주세요."
    ),
    "DANTOK_INFERENCE_TOKEN is missing: make up a secret for the bot and its engine.": (
        "DANTOK_INFERENCE_TOKEN이 없어요. 봇과 모델을 돌리는 컴퓨터만 아는 비밀 글자를 지어서 둘에 똑같이 적어 주세요."
    ),
    "Port {port} cannot be used: choose another --port, or leave it out.": (
        "{port}번 포트는 쓸 수 없어요. 다른 --port를 고르거나 빼 주세요."
    ),
    "Port {port} cannot be used: choose another DANTOK_HEALTH_PORT.": (
        "{port}번 포트는 쓸 수 없어요. DANTOK_HEALTH_PORT를 다른 값으로 바꿔 주세요."
    ),
    "The demo's local Discord is not installed here: get Dantok's repository and run `make demo`.": (
        "데모에 쓰는 작은 디스코드가 설치되어 있지 않아요. 단톡 저장소를 받아 `make demo`를 해 주세요."
    ),
    "There is no bundle in {folder}: {manifest} cannot be read ({reason}).": (
        "{folder}에 번들이 없어요. {manifest} 파일을 읽을 수 없어요({reason})."
    ),
    "The bundle in {folder} is missing {file}: copy the whole folder again.": (
        "{folder}의 번들에 {file} 파일이 없어요. 폴더를 통째로 다시 복사해 주세요."
    ),
    "{file} in {folder} is not the file that was exported (its hash differs).": (
        "{folder}의 {file} 파일이 만들 때와 달라요(해시가 달라요). 폴더를 통째로 다시 복사해 주세요."
    ),
    "The bundle has schema {version}, this bot reads schema {own}: export the same runs again, with `python -m "
    "export` of the bot's own version.": (
        "번들의 형식이 {version}인데 이 봇은 {own}을 읽어요. 봇과 같은 버전으로 다시 내보내 주세요."
    ),
    "{name} does not come to an end within {limit} seconds: export it again.": (
        "{name} 모델이 {limit}초 안에 끝나지 않아요. 다시 내보내 주세요."
    ),
    "CUDA was asked for, but ONNX Runtime could only use the CPU: install the driver and `pip install -e "
    "'.[gpu]'`, or set DANTOK_PROVIDER to auto.": (
        "CUDA를 쓰라고 했지만 CPU만 쓸 수 있어요. 드라이버와 `pip install -e '.[gpu]'`를 설치하거나 DANTOK_PROVIDER를 "
        "auto로 바꿔 주세요."
    ),
    "{file} is wrong ({reason}): it is TOML, and may set temperature (a number from 0 to 2) and face_buttons "
    "(everybody or asker).": (
        "{file} 파일이 잘못됐어요({reason}). TOML로 temperature(0부터 2까지의 수)와 face_buttons(everybody나 asker)를 "
        "적을 수 있어요."
    ),
    "Server {server} did not come with an invitation: look at DANTOK_SERVERS.": (
        "{server}번 서버는 초대 코드로 들어온 곳이 아니에요. DANTOK_SERVERS를 확인해 주세요."
    ),
    "Pass it on: on their server they enter it with /invitation. It is shown this once, and kept nowhere.": (
        "이 코드를 전해 주세요. 받은 사람이 자기 서버에서 /초대로 넣어요. 지금 한 번만 보여 주고, 어디에도 적어 두지 "
        "않아요."
    ),
    "There is no backup in {folder} yet: give a file that `backup` wrote.": (
        "{folder}에 아직 백업이 없어요. `backup`으로 만든 파일을 적어 주세요."
    ),
    "The backup {file} cannot be written ({reason}): choose another place.": (
        "{file}에 백업을 쓸 수 없어요({reason}). 다른 곳을 골라 주세요."
    ),
    "The backup {file} cannot be read ({reason}): check the path.": (
        "{file} 백업을 읽을 수 없어요({reason}). 경로를 확인해 주세요."
    ),
    "The database has schema {schema} and this Dantok knows schemas up to {latest}: start the newer Dantok that "
    "wrote it, or restore a backup.": (
        "데이터베이스의 형식이 {schema}인데 이 단톡은 {latest}까지 알아요. 그것을 쓴 더 새로운 단톡을 켜거나 백업을 "
        "되돌려 주세요."
    ),
}

_SAID = {
    "The chat is at {url} (Ctrl-C ends it).": "채팅방을 열었어요: {url} (Ctrl-C로 닫아요)",
    "{rows} rows are in {file}.": "{file}에 {rows}줄을 저장했어요.",
    "{rows} rows are back, from {file}. {saved}": "{file}에서 {rows}줄을 되돌렸어요. {saved}",
    "What was kept until now is in {file}.": "지금까지 있던 것은 {file}에 두었어요.",
    "What was kept until now could not be saved. {error}": "지금까지 있던 것은 저장하지 못했어요. {error}",
    "Left out, because what is in them cannot be read: {named}. Set these again.": (
        "읽을 수 없어서 뺐어요: {named}. 다시 등록해 주세요."
    ),
    "Wishes that were due since: {doubtful}. They may have been sent after the backup was made, so the servers' "
    "owners are told instead.": (
        "그동안 보낼 차례였던 축하: {doubtful}. 백업한 뒤에 이미 보냈을 수 있어서, 보내는 대신 서버 주인에게 알려요."
    ),
    "Everything kept now will be replaced by what is in {file}. Continue?": (
        "지금 있는 것을 모두 {file}에 있는 것으로 바꿔요. 계속할까요?"
    ),
    "seed {seed} · words I've never seen: {words}": "번호 {seed} · 처음 보는 말: {words}",
    "seed {seed}": "번호 {seed}",
}
_OF_BUNDLES = {
    "{file} in {folder} is a link that leads out of the bundle: copy the file itself.": (
        "{folder}의 {file}: 번들 밖을 가리키는 링크예요. 파일을 그대로 복사해 주세요."
    ),
    "{file} in {folder} is not a file: copy the whole folder again.": (
        "{folder} 안의 {file}이 파일이 아니에요. 폴더 전체를 다시 복사해 주세요."
    ),
    "{file} in {folder} is too large for a bundle: export it again.": (
        "{folder}의 {file}: 번들에 넣기에는 너무 커요. 번들을 다시 만들어 주세요."
    ),
    "--face takes a number, numbers such as 1,3, or all, and not {given}.": (
        "--face에는 번호, 1,3 같은 번호들, all 가운데 하나를 적어 주세요({given}은(는) 안 돼요)."
    ),
    "There is no face {number} in that photo: I see {seen}.": (
        "그 사진에 {number}번 얼굴은 없어요. 보이는 얼굴은 {seen}개예요."
    ),
    "The bundle has the encoder {name} and not its generator: export it again.": (
        "번들에 {name} 인코더만 있고 그리는 신경망이 없어요. 번들을 다시 만들어 주세요."
    ),
    "The bundle has two styles of one name: export it again.": (
        "번들에 이름이 같은 화풍이 둘 있어요. 번들을 다시 만들어 주세요."
    ),
    "The bundle in {folder} has no model {name} (it has: {models}).": (
        "{folder}의 번들에 {name} 모델이 없어요(있는 것: {models})."
    ),
    "The bundle reads any style and paints in none, or the other way round: export it again.": (
        "번들에 화풍을 읽는 것과 그리는 것 가운데 하나만 있어요. 번들을 다시 만들어 주세요."
    ),
    "The bundle's direction towards {name} is damaged: export it again.": (
        "{name} 쪽으로 바꾸는 법이 깨졌어요. 번들을 다시 만들어 주세요."
    ),
    "The bundle's text model names no tokenizer: export it again.": (
        "말투에 낱말을 나누는 것이 빠졌어요. 번들을 다시 만들어 주세요."
    ),
    "The cleaner {name} knows faces that were cut out in another way: export it again.": (
        "{name}: 얼굴을 자르는 법이 달라요. 번들을 다시 만들어 주세요."
    ),
    "The editor {name} knows faces that were cut out in another way: export it again.": (
        "{name}: 얼굴을 자르는 법이 달라요. 번들을 다시 만들어 주세요."
    ),
    "The directions are damaged ({error}): export the bundle again.": (
        "얼굴 바꾸는 법이 깨졌어요({error}). 번들을 다시 만들어 주세요."
    ),
    "The directions of {name} are {width} wide, its latent is {latent}: export the bundle again.": (
        "{name}: 얼굴 바꾸는 법의 크기가 안 맞아요({width}, {latent}). 번들을 다시 만들어 주세요."
    ),
    "The directions of {name} lead towards {attribute}, which is none of the bundle's attributes: export it again.": (
        "{name}: 번들에 없는 특징({attribute})으로 바꾸려고 해요. 번들을 다시 만들어 주세요."
    ),
    "The encoder {name} has seen faces cut out in way {there}, this bot cuts them in way {here}: prepare the "
    "photos, train and export again with the bot's own version.": (
        "{name}: 얼굴을 자르는 법이 이 봇과 달라요({there}, {here}). 봇과 같은 판의 단톡으로 사진을 준비하고 배워서 "
        "번들을 다시 만들어 주세요."
    ),
    "The network for reactions names no file of its emoji: export the bundle again.": (
        "이모지를 고르는 것에 이모지 목록이 빠졌어요. 번들을 다시 만들어 주세요."
    ),
    "The picker does not say from which score on it is {sure}: export it again.": (
        "대답을 고르는 것에 몇 점부터 {sure} 고를지가 빠졌어요. 번들을 다시 만들어 주세요."
    ),
    "The pulse names no counts that it goes on from: export it again.": (
        "방의 시간에 이어 셀 것이 빠졌어요. 번들을 다시 만들어 주세요."
    ),
    "The tokenizer has {pieces} pieces, but {name}'s logits are {width} wide.": (
        "낱말 조각은 {pieces}개인데 {name}의 크기는 {width}예요. 번들을 다시 만들어 주세요."
    ),
    "manifest.json says not how much {name} keeps of what it reads: export it again.": (
        "manifest.json에 {name}이(가) 얼마나 남기는지가 없어요. 번들을 다시 만들어 주세요."
    ),
    "{name} cannot be opened by ONNX Runtime {version}: {error}": (
        "{name}: ONNX Runtime {version}(으)로 열 수 없어요({error})."
    ),
    "{name} cannot be read ({error}): export the bundle again.": (
        "{name}: 읽을 수 없어요({error}). 번들을 다시 만들어 주세요."
    ),
    "{name} cannot be read as a room's counts ({error}): export it again.": (
        "{name}: 방의 시간을 센 것으로 읽을 수 없어요({error}). 번들을 다시 만들어 주세요."
    ),
    "{name} does not run: {error}": "{name}: 돌지 않아요({error}).",
    "{name} does not say what is alike ({error}): export it again.": (
        "{name}: 무엇이 비슷한지가 없어요({error}). 번들을 다시 만들어 주세요."
    ),
    "{name} gives NaN or infinite numbers: its weights are damaged; train and export it again.": (
        "{name}: 숫자가 아닌 값이 나와요. 가중치가 깨졌으니 다시 배워서 번들을 만들어 주세요."
    ),
    "{name} gives the same number for everything: it has learnt nothing; train it again.": (
        "{name}: 무엇에나 같은 값이 나와요. 배운 것이 없으니 다시 배워 주세요."
    ),
    "{name} has the {kind}s {there}, this model has {here}: export it again.": (
        "{name}: {kind}이(가) 맞지 않아요({there}, {here}). 번들을 다시 만들어 주세요."
    ),
    "{name} is damaged ({error}): export the words again.": "{name}: 깨졌어요({error}). 말투를 다시 묶어 주세요.",
    "{name} is no ONNX graph ({error}): export the bundle again.": (
        "{name}: ONNX 그래프가 아니에요({error}). 번들을 다시 만들어 주세요."
    ),
    "{name} is no generator of faces: export the bundle again.": (
        "{name}: 얼굴을 그리는 것이 아니에요. 번들을 다시 만들어 주세요."
    ),
    "{name} is no graph of styles: export the bundle again.": (
        "{name}: 화풍 그래프가 아니에요. 번들을 다시 만들어 주세요."
    ),
    "{name} is no list of lines: export the bundle again.": "{name}: 대답 목록이 아니에요. 번들을 다시 만들어 주세요.",
    "{name} is no list of lines and answers: export the bundle again.": (
        "{name}: 여럿이 쓴 말과 대답의 목록이 아니에요. 번들을 다시 만들어 주세요."
    ),
    "{name} is no list of reactions ({error}): export the bundle again.": (
        "{name}: 이모지 목록이 아니에요({error}). 번들을 다시 만들어 주세요."
    ),
    "{name} is no list of styles ({error}): export the bundle again.": (
        "{name}: 화풍 목록이 아니에요({error}). 번들을 다시 만들어 주세요."
    ),
    "{name} is not a bundle's manifest: {error}.": "{name}: 번들의 manifest.json이 아니에요({error}).",
    "{name} is not a filter of training messages: export the words again.": (
        "{name}: 배운 메시지를 거르는 것이 아니에요. 말투를 다시 묶어 주세요."
    ),
    "{name} is not a tokenizer: {error}.": "{name}: 낱말을 나누는 것이 아니에요({error}).",
    "{name} is of another version of Dantok and protects less or otherwise than this one promises: train the words "
    "and export them again with the same version as the bot.": (
        "{name}: 다른 판의 단톡이 만든 것이라 이 판이 약속한 만큼 지켜 주지 않아요. 봇과 같은 판으로 다시 배워서 "
        "번들을 만들어 주세요."
    ),
    "{name} keeps weights in another file, which is not read: export the bundle again.": (
        "{name}: 가중치가 다른 파일에 있어서 읽지 않아요. 번들을 다시 만들어 주세요."
    ),
    "{name} names {styles} styles, its model has {there}: export the bundle again.": (
        "{name}: 화풍이 {styles}개라는데 모델에는 {there}개예요. 번들을 다시 만들어 주세요."
    ),
    "{name} names {file}, which is not a file beside it.": "{name}: {file} 파일이 옆에 없어요.",
    "{name} promises no squares in and no rows out: export it again.": (
        "{name}: 그림을 받아 숫자를 내는 것이 아니에요. 번들을 다시 만들어 주세요."
    ),
    "{name} was changed while it was opened: try again.": "{name}: 여는 동안 바뀌었어요. 다시 해 보세요.",
}
_BACKUPS = {
    "Row {number} of all cannot be read (it is in {table}), so no backup was written: mend the database, or "
    "restore an earlier backup.": (
        "{number}번째 줄을 읽을 수 없어서({table}) 백업하지 않았어요. 데이터베이스를 고치거나 예전 백업으로 되돌려 "
        "주세요."
    ),
    "The backup {file} has schema {schema} and this Dantok knows schemas up to {known}: restore it with the newer "
    "Dantok that made it.": (
        "{file}: 더 새로운 단톡이 만든 백업이에요(스키마 {schema}, 이 단톡은 {known}까지). 백업을 만든 단톡으로 되돌려 "
        "주세요."
    ),
    "The backup {file} is damaged in line {line}, so nothing was changed: give an earlier backup.": (
        "{file}: {line}번째 줄이 깨져서 아무것도 바꾸지 않았어요. 예전 백업을 적어 주세요."
    ),
    "The backup {file} is damaged: in {table}, a row is there twice or belongs to one that is missing, so nothing "
    "was changed; give an earlier backup.": (
        "{file}: {table}에 줄이 두 번 있거나 짝이 없어서 아무것도 바꾸지 않았어요. 예전 백업을 적어 주세요."
    ),
    "The backups in {folder} cannot be read ({error}).": "{folder}: 백업을 읽을 수 없어요({error}).",
    "The folder {folder} for backups cannot be made ({error}).": "{folder}: 백업 폴더를 만들 수 없어요({error}).",
    "{file} is damaged: it is no text.": "{file}: 깨졌어요. 텍스트가 아니에요.",
    "{file} is damaged: its schema is no number.": "{file}: 깨졌어요. 스키마가 숫자가 아니에요.",
    "{file} is damaged: {problem}.": "{file}: 깨졌어요({problem}).",
    "{file} is no whole backup of Dantok: give a file that the backup command wrote.": (
        "{file}: 온전한 단톡 백업이 아니에요. backup 명령이 만든 파일을 적어 주세요."
    ),
}

OF_THE_SYSTEM = {
    "File exists": "이미 있음",
    "File name too long": "이름이 너무 긺",
    "Input/output error": "디스크 오류",
    "Invalid argument": "안 되는 이름이나 값",
    "Is a directory": "파일이 아니라 폴더임",
    "No space left on device": "디스크가 가득 참",
    "No such file or directory": "그런 파일이나 폴더가 없음",
    "Not a directory": "폴더가 아님",
    "Operation not permitted": "허락되지 않음",
    "Permission denied": "권한이 없음",
    "Read-only file system": "쓸 수 없는 디스크",
    "Too many open files": "열린 파일이 너무 많음",
}
"""What the operating system says of a file, filled into sentences: in English wherever it is."""

_TABLES = _HELP | _CHECK | _VALUES | _ERRORS | _SAID | _OF_BUNDLES | _BACKUPS
TEXTS = TerminalTexts(sentences=_TABLES | OF_THE_SYSTEM)
