"""English: the card of an editor."""

from training.faces.editor.card.texts import EditorCardTexts

TEXTS = EditorCardTexts(
    title="It makes {share} of 100 people smile whom it has never seen",
    title_none="It has learnt, but there was nobody left to try it on: add photos",
    lead="Every training writes this card anew. Photos of people are on it, so keep it to yourself.",
    foot="editor · {steps} steps of {batch} faces · {made}",
    fact_gentle="of 100 smile at strength 1",
    fact_grin="of 100 smile at strength 2",
    fact_less="of 100 who smile still do at −2",
    fact_people="people it was tried on",
    people="This is what becomes of photos that it did not learn from",
    too_few="Many do not smile: look at the photos below, and add some of faces that smile and some that do not",
    people_note="The network that said who smiles for the training counted them, so the numbers are kind: look at the "
    "faces. “python -m training faces measure-smiles” asks judges who had no part in it.",
    more="People who do not smile: the photo, then at strength 1, 2 and 3",
    less="People who smile: the photo, then at −1, −2 and −3",
    learning="This is how it changed as it learnt",
    learning_note="Where the lines no longer fall it has learnt what it can. The names are those of the losses.",
    pixels="How far a drawn smile is from the real one (pixels, features, pairs)",
    others="What it is told besides (critic, teacher)",
    steps="steps",
)
