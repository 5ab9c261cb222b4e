"""Korean: the card of an editor."""

from training.faces.editor.card.texts import EditorCardTexts

TEXTS = EditorCardTexts(
    title="처음 보는 사람 100명 가운데 {share}명을 웃게 해요",
    title_none="다 배웠지만 시험해 볼 사람이 남지 않았어요. 사진을 더 넣어 주세요",
    lead="이 카드는 학습할 때마다 새로 만들어져요. 사람들 사진이 들어 있으니 다른 사람에게는 보내지 마세요.",
    foot="editor · {steps}걸음, 한 번에 {batch}장 · {made}",
    fact_gentle="세기 1에서 100명 가운데 웃는 사람",
    fact_grin="세기 2에서 100명 가운데 웃는 사람",
    fact_less="웃던 100명 가운데 −2에서도 웃는 사람",
    fact_people="시험해 본 사람",
    people="배우지 않은 사진이 이렇게 바뀌어요",
    too_few="웃지 않는 사람이 많아요. 아래 사진을 살펴보고, 웃는 얼굴과 웃지 않는 얼굴을 더 넣어 주세요",
    people_note="학습할 때 누가 웃는지 알려 준 모델이 센 것이라 숫자가 후해요. 얼굴을 직접 보세요. "
    "‘python -m training faces measure-smiles’로는 학습에 끼지 않은 심판들에게 물을 수 있어요.",
    more="웃지 않는 사람들: 사진, 그리고 세기 1, 2, 3",
    less="웃는 사람들: 사진, 그리고 세기 −1, −2, −3",
    learning="배우는 동안 이렇게 달라졌어요",
    learning_note="선이 더는 내려가지 않으면 다 배운 거예요. 영어 이름은 손실 함수의 이름이에요.",
    pixels="그린 웃음이 진짜 웃음과 얼마나 다른지 (pixels, features, pairs)",
    others="그밖에 배우는 것 (critic, teacher)",
    steps="걸음",
)
