"""Korean: what ``python -m training`` and ``python -m export`` say while they work, and the tables at their end."""

STAGES = {
    "reading": "대화 읽기",
    "texts": "글 읽기",
    "morphemes": "낱말 나누기",
    "training": "배우기",
    "answers": "대답 배우기",
    "measuring": "얼마나 배웠는지 재기",
    "measuring what is new": "처음 나온 말에서 재기",
    "{way} at {strength}, {count} faces": "{way}, 세기 {strength}, 얼굴 {count}개",
    "filling gaps": "빈칸 채우기 배우기",
    "measuring gaps": "빈칸 채우기 재기",
    "planting secrets": "무엇을 흘리는지 재기",
    "pulse": "방의 시간 배우기",
    "reactions": "이모지 배우기",
    "song": "노래 배우기",
    "scene": "장면 배우기",
    "exporting": "묶기",
    "finding faces": "사진에서 얼굴 찾기",
    "filling in": "나머지 표시하기",
    "drawing": "그리기",
    "labeller": "표시한 것 배우기",
    "judge": "심사하는 눈 기르기",
    "directions": "얼굴 바꾸는 법 찾기",
    "judging them": "바뀐 얼굴 심사하기",
    "reading the photos": "사진 읽기",
    "the style": "화풍 배우기",
    "Gatys' way, to compare": "게이티스의 방법으로 견줘 보기",
    "the cleaner": "얼굴 지우개 배우기",
    "the teacher": "가르칠 것 배우기",
    "the editor": "얼굴 편집기 배우기",
    "mouths that can be seen": "보이는 입 알아보기",
    "who smiles": "누가 웃는지 보기",
    "whose mouth is open": "누가 입을 벌렸는지 보기",
    "who smiles of the pairs": "짝 사진에서 누가 웃는지 보기",
    "landmarks": "얼굴의 점 찾기",
    "landmarks of the pairs": "짝 사진에서 얼굴의 점 찾기",
    "landmarks of neutral faces": "웃지 않는 얼굴의 점 찾기",
    "neutral faces of smiling ones": "웃는 얼굴에서 웃지 않는 얼굴 만들기",
    "smiling ones that smile less": "덜 웃는 얼굴 만들기",
    "epoch {number}": "{number}바퀴째",
}
WHILE_LEARNING = {
    "{stage}: {seconds} s": "{stage}: {seconds}초",
    "epoch {number}  perplexity: training {learnt}, held out {held_out} s": (
        "{number}바퀴  당혹도: 배운 것 {learnt}, 따로 둔 것 {held_out}초"
    ),
    "epoch {number}  loss: training {learnt}, held out {held_out}": (
        "{number}바퀴  손실: 배운 것 {learnt}, 따로 둔 것 {held_out}"
    ),
    "step {number}  {figures}  {seconds} s": "{number}걸음  {figures}  {seconds}초",
    "Going on with the stopped run in {folder}.": "{folder}: 멈췄던 데부터 이어서 해요.",
    'They are in {file}. Ask them in the room, for example so, and write "yes" or "no" there:': (
        '{file}에 적어 두었어요. 방에 이렇게 물어보고, 대답을 거기에 "yes"나 "no"로 적어 주세요.'
    ),
    "{learnt} texts to learn from, {pieces} pieces.": "배울 글 {learnt}개, 조각 {pieces}개예요.",
    "{learnt} messages to learn from, {held_out} held out. Of those {again} were said before, word for word; {new} "
    "are measured on.": (
        "메시지 {learnt}개로 배우고 {held_out}개는 따로 두었어요. 그 가운데 {again}개는 앞에서 똑같이 나왔던 말이라 "
        "{new}개로 재요."
    ),
    "It goes on from the base voice, which has {share} of the pieces.": (
        "기본 말투에서 이어 배워요. 조각의 {share}를 이미 알아요."
    ),
    "The base voice does not fit this network and its sizes: it learns from nothing.": (
        "기본 말투가 이 신경망과 크기에 맞지 않아서 처음부터 배워요."
    ),
    "The base voice is of another width: the words are learnt from nothing.": (
        "기본 말투의 크기가 달라서 낱말을 처음부터 배워요."
    ),
    "Look at {card}, which nobody else should see.": "{card} 파일을 열어 보세요. 다른 사람에게는 보여 주지 마세요.",
    "Export it: python -m export --text {run} --out bundle": "묶으려면: python -m export --text {run} --out bundle",
    "Learning one picture with {photos} photos; {held_out} others tell how it goes.": (
        "그림 하나를 사진 {photos}장으로 배워요. 다른 {held_out}장으로 어떻게 되어 가는지 봐요."
    ),
    "Look at {sample}, then export it with --style NAME={run}.": (
        "{sample}를 보고, 마음에 들면 --style 이름={run}으로 묶어 주세요."
    ),
    "Learning from {neutral} neutral faces, {smiling} that smile, and {pairs} pairs.": (
        "웃지 않는 얼굴 {neutral}개, 웃는 얼굴 {smiling}개, 짝 {pairs}개로 배워요."
    ),
    "Look at {card}, then export it with python -m export.": (
        "{card}를 보고, 마음에 들면 python -m export로 묶어 주세요."
    ),
    "No direction towards {name}: {why}.": "{name} 쪽으로 바꾸는 법은 못 찾았어요: {why}.",
    "seen on {present} faces and missing on {absent}": "있는 얼굴 {present}개, 없는 얼굴 {absent}개",
    "{begins}: {pictures} pictures of {pixels} pixels, {times} times each.": (
        "{begins}: {pixels}픽셀 그림 {pictures}장을 {times}번씩 봐요."
    ),
    "Going on": "이어서 배우기",
    "Learning": "배우기",
    "refused: {photo}": "쓸 수 없어요: {photo}",
    "a wrong place: {photo}": "엉뚱한 데서 찾았어요: {photo}",
    "{page} shows all of it with the faces: for your eyes only.": (
        "{page}에 얼굴까지 모두 있어요. 다른 사람에게는 보여 주지 마세요."
    ),
    "{file}: {size} bytes": "{file}: {size}바이트",
    "{table} has every label that could be filled in, and {doubtful} the doubtful ones: {task}, and label again.": (
        "{table}에 채울 수 있는 표시가 모두 있고, {doubtful}에는 헷갈리는 것이 있어요. {task} 다시 표시해 주세요."
    ),
    "correct those that are wrong in it, save it as {labels}": "틀린 것을 고쳐 {labels}로 저장한 다음",
    "write what is right for those into {labels}": "맞는 것을 {labels}에 적은 다음",
    "Look at {sheet}, and fill in {labels}: 1, -1, or nothing.": (
        "{sheet}를 보고 {labels}를 1, -1이나 빈칸으로 채워 주세요."
    ),
}
WORTH = {
    "{weakly}, {agreed} of {both} as you labelled them.": "{weakly}, 직접 표시한 {both}개 가운데 {agreed}개와 같아요.",
    "{weakly}.": "{weakly}.",
    "{attribute}: {known} of {count} weakly labelled": "{attribute}: {count}개 가운데 {known}개를 어림으로 표시했어요",
    "{line}  [green]best so far[/]": "{line}  [green]지금까지 가장 좋아요[/]",
    "Answers: from {pairs} turns, the true answer among {among} is found in {right} ± {error} of {held_out} held "
    "out (chance {chance})": (
        "대답: 주고받은 말 {pairs}번에서 배웠어요. 따로 둔 {held_out}번에서 {among}개 가운데 진짜 대답을 {right} ± "
        "{error} 골라요(우연이면 {chance})"
    ),
    "{found}: too few to pick by, so the voice alone answers.": "{found}. 고르기에는 모자라서 말투만으로 대답해요.",
    "{found}: it picks, from what the voice says and {lines} lines that three people or more have said.": (
        "{found}. 말투가 한 말과 세 사람 넘게 한 말 {lines}줄에서 골라요."
    ),
    "Scenes: perplexity {context} in context against {without} without ({gain} ± {error} nats a message of "
    "{messages} held out); {new} against {new_without} where nobody had sent the same before": (
        "장면: 앞의 말을 알면 당혹도 {context}, 모르면 {without}이에요(따로 둔 메시지 {messages}개에서 하나에 {gain} ± "
        "{error} nat). 처음 나온 말에서는 {new}와 {new_without}이에요"
    ),
    "{figures}. What was said before helps, so scenes go into a bundle.": (
        "{figures}. 앞의 말이 도움이 되어 장면을 번들에 넣어요."
    ),
    "{figures}. What was said before does not help clearly, so scenes are not exported.": (
        "{figures}. 앞의 말이 뚜렷이 도움이 되지 않아 장면은 넣지 않아요."
    ),
    "Songs: perplexity {figures} on {lines} new lines": "노래: 새로운 {lines}줄에서 당혹도 {figures}",
    "{found}: no network tells more than what everybody says, so there are no songs; add messages.": (
        "{found}. 모두가 하는 말보다 더 아는 신경망이 없어서 노래는 없어요. 메시지를 더 넣어 주세요."
    ),
    "{found}: {better} writes them (the last knows the room by heart, and no bundle may hold it).": (
        "{found}. {better}로 써요(마지막 것은 방을 통째로 외운 것이라 번들에 넣지 않아요)."
    ),
    "Pulse: in the last {weeks} weeks the network is off by {network} messages an hour a day ahead; the same hour "
    "last week by {last_week}, the mean of the hour and weekday by {usual}": (
        "방의 시간: 마지막 {weeks}주에서 하루 앞을 신경망은 한 시간에 메시지 {network}개만큼 틀렸고, 지난주 같은 "
        "시간은 {last_week}개, 요일과 시간마다의 평균은 {usual}개만큼 틀렸어요"
    ),
    "{found}: it knows more than both for {reach} days ahead.": "{found}. {reach}일 앞까지 둘보다 나아요.",
    "{found}: it is no better, and the mean is stored.": "{found}. 더 낫지 않아서 평균을 써요.",
    "{found}: it wins only by expecting less, and the mean is stored.": (
        "{found}. 적게 어림해서 이긴 것뿐이라 평균을 써요."
    ),
    "Reactions: from {examples} messages with a sign of feeling, {emoji}. Of {later} later ones the true sign is "
    "among its first {top} in {found} (the {same} most frequent: {frequent}, the difference good to ± {off}); each "
    "as often, it is the first in {balanced} ± {error} (the most frequent: {chance})": (
        "이모지: 느낌이 드러난 메시지 {examples}개에서 {emoji}. 나중 메시지 {later}개에서 진짜가 처음 {top}개 안에 든 "
        "것이 {found}(가장 흔한 {same}개로는 {frequent}, 차이의 오차 ± {off}), 고르게 세면 첫째로 맞힌 것이 {balanced} "
        "± {error}예요(가장 흔한 것으로는 {chance})"
    ),
    "{found}. That is not clearly better than the most frequent: it is not exported.": (
        "{found}. 가장 흔한 것보다 뚜렷이 낫지 않아서 넣지 않아요."
    ),
    "{found}. It reacts to {given}, in {right} of them as the room did (the most frequent kind: {usual}).": (
        "{found}. {given}에 이모지를 붙이고, 그 가운데 {right}는 방이 한 것과 같아요(가장 흔한 것으로는 {usual})."
    ),
    "On {faces} faces that it has not learnt from it comes to {psnr} dB of what they were; spoilt they are at "
    "{nothing}, a median filter comes to {median}, a bilateral one to {bilateral}, non-local means to {means}": (
        "배우지 않은 얼굴 {faces}개를 본래와 {psnr}dB까지 되돌려요. 망가진 채로는 {nothing}, 중간값 필터는 {median}, "
        "양방향 필터는 {bilateral}, 비국소 평균은 {means}이에요"
    ),
    "{found}; of drawn faces {strange} are strange to it": "{found}. 그린 얼굴의 {strange}를 낯설어해요",
    "{found}: export it with --cleaner.": "{found}. --cleaner로 묶어 주세요.",
    "{found}: it is not exported.": "{found}. 그래서 묶지 않아요.",
    "{judged}: perplexity {network} against {counted} of a plain 4-gram.": (
        "{judged}. 당혹도 {network}, 그냥 4-gram은 {counted}."
    ),
    "The room was large enough for this voice": "말투를 배울 만큼 방이 충분히 커요",
    "The room was just large enough, and more messages would help": (
        "방이 겨우 배울 만한 크기라 메시지가 더 있으면 좋아져요"
    ),
    "The room was too small for the network to learn more than phrases, so add messages if you can": (
        "방이 작아서 흔한 말밖에 못 배웠어요. 메시지를 더 넣을 수 있으면 넣어 주세요"
    ),
    "The room mostly says what it said before, and phrases alone foretell that better than the network": (
        "방에서 했던 말을 되풀이하는 일이 많아서, 여럿이 하는 말만 세어도 신경망보다 잘 맞혀요"
    ),
    "Before it had read the room, the base voice had {base}.": "방을 읽기 전의 기본 말투는 {base}이었어요.",
    "With its shared phrases it is {share} better.": "여럿이 하는 말까지 더하면 {share} 더 나아요.",
    "It is {how} the voice before it: {bits} bits a character, then {before} on its own last part.": (
        "전의 말투보다 {how}: 글자마다 {bits}비트, 그때는 그때의 끝부분에서 {before}비트."
    ),
    "better than": "나아요",
    "worse than": "못해요",
    "about as good as": "비슷해요",
    "Answers: {pairs} times somebody answered another within minutes, and {needed} are needed to learn from; the "
    "voice alone answers.": (
        "대답: 몇 분 안에 다른 사람이 대답한 것이 {pairs}번이에요. {needed}번은 있어야 배울 수 있어서 말투만으로 "
        "대답해요."
    ),
    "Pulse: a network needs {weeks} weeks without a gap to be learnt and measured; the mean of each hour and "
    "weekday stands for it.": (
        "방의 시간: 신경망을 배우고 재려면 빈 데 없이 {weeks}주가 있어야 해요. 요일과 시간마다의 평균을 대신 써요."
    ),
    "On photos that it has not seen its style loss is {style} and its content loss {content}; Gatys' way of the "
    "same photos {gatys_style} and {gatys_content}, in {times} times the time; of the photos themselves the style "
    "loss is {photo}.": (
        "본 적 없는 사진에서 화풍 손실이 {style}, 내용 손실이 {content}이에요. 게이티스의 방법은 {times}배 걸려서 "
        "{gatys_style}, {gatys_content}이고, 사진 그대로의 화풍 손실은 {photo}이에요."
    ),
}
EXPORTING = {
    "Faces: {new}, each equal to its network to a step of 255.": "얼굴: {new}. 본래 신경망과 255의 한 칸까지 같아요.",
    "Faces as in {bundle}: {old}.": "얼굴: {old}. {bundle}에 있던 것이에요.",
    "{out}: {size} MB: {words}.": "{out}: {size}MB: {words}.",
    "text as in {bundle}": "말은 {bundle}에 있던 것",
    "text equals its network to {difference}, in {prompts} sentences too, and gaps are filled": (
        "말은 본래 신경망과 {difference}까지 같고(문장 {prompts}개에서도), 빈칸도 채워요"
    ),
    "text equals its network to {difference}, in {prompts} sentences too": (
        "말은 본래 신경망과 {difference}까지 같아요(문장 {prompts}개에서도)"
    ),
    "Try it: python -m bot say 아니 2 --bundle {bundle}": "해 보려면: python -m bot say 아니 2 --bundle {bundle}",
    "What it gives away: {leaks}.": "무엇을 흘리는지: {leaks}.",
    "not measured": "재지 않았어요",
    "exposure {bits} of {most} bits; {secrets} secrets out in {lines} lines; {out} of {all} lines somebody's own": (
        "노출 {most}비트 가운데 {bits}; {lines}줄에서 나온 비밀 {secrets}개; {all}줄 가운데 누군가의 말 그대로 {out}줄"
    ),
    "{out} of {all} lines somebody's own": "{all}줄 가운데 누군가의 말 그대로 {out}줄",
    "exposure {bits} of {most} bits": "노출 {most}비트 가운데 {bits}",
    "Left out, for its training was stopped half way: {part}. `python -m training {same}` goes on with it.": (
        "배우다가 멈춰서 뺐어요: {part}. `python -m training {same}`으로 이어서 배울 수 있어요."
    ),
    "Answers are picked: the true one among ten in {right} (chance 10%).": (
        "대답을 골라요. 열 개 가운데 진짜를 {right} 맞혀요(우연이면 10%)."
    ),
    "The editor is {editor}.": "얼굴 편집기: {editor}.",
    "the shipped one": "단톡에 들어 있는 것",
    "that of {run}": "{run}에서 배운 것",
    "What it is worth: {card}": "얼마나 배웠는지 보기: {card}",
    "looking for somebody's own words in what it says": "한 말 가운데 누군가의 말 그대로인 것을 찾고 있어요",
    "looking for planted secrets in what a copy says": "복사본이 한 말에서 숨긴 비밀을 찾고 있어요",
    "{part}: writing the graph": "{part}: 그래프 쓰기",
    "{part}: writing the graphs": "{part}: 그래프 쓰기",
    "{part}: comparing it with the network": "{part}: 본래 신경망과 견주기",
    "{part}: comparing them with the network": "{part}: 본래 신경망과 견주기",
    "{part}: comparing the graph with the network": "{part}: 본래 신경망과 견주기",
    "{part}: comparing them with the published ones": "{part}: 공개된 것과 견주기",
    "{part}: its encoder": "{part}: 인코더",
    "writing the graph": "그래프 쓰기",
    "comparing it with the network": "본래 신경망과 견주기",
    "the style {name}": "화풍 {name}",
    "text": "말",
    "gaps": "빈칸",
    "dreams": "꿈",
    "features": "특징",
    "styles": "화풍",
    "scenes": "장면",
    "songs": "노래",
    "the pulse": "방의 시간",
}
TABLES = {
    "perplexity, with what was said before": "당혹도(앞에서 한 말까지)",
    "lines repeated word for word, before the filter": "거르기 전에 똑같이 되풀이한 줄",
    "unknown pieces": "모르는 조각",
    "{network} with shared n-grams": "{network}, 여럿이 하는 말까지",
    "from both sides": "양쪽에서",
    "the voice, from the left": "말투(왼쪽에서)",
    "Kneser-Ney 4-gram, both sides": "Kneser-Ney 4-gram(양쪽)",
    "what": "무엇",
    "how many": "몇",
    "messages": "메시지",
    "people": "사람",
    "days": "날",
    "from – to": "언제부터 – 언제까지",
    "conversations": "대화",
    "messages left after cleaning": "다듬고 남은 메시지",
    "messages of people left out": "뺀 사람의 메시지",
    "not messages": "메시지가 아닌 것",
    "= lines in all": "= 모두 몇 줄",
    "= records in all": "= 모두 몇 개",
    "personal data taken out": "빼낸 개인정보",
    "personal data": "개인정보",
    "none": "없음",
    "also dropped": "함께 뺀 것",
    "who": "누구",
    "also called": "다른 이름",
    "consent": "동의",
    "on Discord": "디스코드에서",
    "settings": "설정",
    "made": "만든 것",
    "seconds": "걸린 시간(초)",
    "all": "모두",
    "measure": "잰 것",
    "held out: the last conversations": "따로 둔 마지막 대화",
    "the morpheme in a gap, held out: not exported, for seeing both sides gains nothing here": (
        "빈칸의 형태소(따로 둔 것): 양쪽을 봐도 나아지지 않아서 묶지 않아요"
    ),
    "the morpheme in a gap, held out": "빈칸의 형태소(따로 둔 것)",
    "perplexity by speaker": "사람마다의 당혹도",
    "as themselves": "본인으로",
    "as another": "남으로",
    "as the group": "모두로",
    "offered": "고를 수 있나",
    "yes": "예",
    "no": "아니요",
    "no: no difference": "아니요, 차이가 없어요",
    "perplexity": "당혹도",
    "bits a character": "글자마다 비트",
    "epoch": "바퀴",
    "held out": "따로 둔 것",
    "s": "초",
    "Not finished: the same training command goes on with it.": (
        "아직 다 배우지 않았어요. 같은 명령을 다시 하면 이어서 배워요."
    ),
    "attribute": "특징",
    "right on held-out labels": "따로 둔 표시에서 맞힌 비율",
    "right on held-out labels, weak ones too": "따로 둔 표시에서 맞힌 비율(어림으로 한 것도)",
    "no labels": "표시가 없어요",
    "photos": "사진",
    "kept": "쓰는 것",
    "= in all": "= 모두",
    "measured": "잰 값",
    "asked for": "바란 값",
    "reached": "이루었나",
    "at most {most}": "많아야 {most}",
    "at least {least}": "적어도 {least}",
    "photos with a face found": "얼굴을 찾은 사진",
    "turned: right, refused": "돌린 사진: 맞음, 못 찾음",
    "turned: at a wrong place": "돌린 사진: 엉뚱한 데",
    "misaligned": "잘못 맞춤",
}
LINES = STAGES | WHILE_LEARNING | WORTH | EXPORTING | TABLES
