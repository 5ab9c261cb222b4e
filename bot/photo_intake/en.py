"""English, about photos that are not taken in."""

from bot.photo_intake.texts import PhotoTexts
from bot.photos import PhotoProblem

TEXTS = PhotoTexts(
    problems={
        PhotoProblem.TOO_MANY_BYTES: "That photo is too large: I take up to 8 MB.",
        PhotoProblem.TOO_MANY_PIXELS: "That photo has too many pixels for me. Make it smaller, or save it as a JPEG.",
        PhotoProblem.NO_PICTURE: "That file is not a picture. Upload a PNG, JPEG, WebP or GIF.",
        PhotoProblem.OTHER_FORMAT: "I cannot read that picture format. Save it as PNG or JPEG.",
        PhotoProblem.BROKEN: "That photo file is damaged, so I could not read it. Upload it again.",
        PhotoProblem.NARROW: "That picture is a thin strip. Give one that is at most 20 times as long as it is wide.",
        PhotoProblem.NO_FACE: "I found no face in that photo. Try a bright one that faces the camera.",
        PhotoProblem.UNFIT_FACE: "The faces in that photo are tiny or cut off. Try one with a larger, whole face.",
    },
    photo_gone="I could not fetch the photo. Upload it again.",
    one_at_a_time="I am still working on your other photo. Try again when it is done.",
)
