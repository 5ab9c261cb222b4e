"""Korean, about photos that are not taken in."""

from bot.photo_intake.texts import PhotoTexts
from bot.photos import PhotoProblem

TEXTS = PhotoTexts(
    problems={
        PhotoProblem.TOO_MANY_BYTES: "사진이 너무 커요. 8MB까지만 볼 수 있어요.",
        PhotoProblem.TOO_MANY_PIXELS: "사진 화소가 너무 많아서 못 열어요. 크기를 줄이거나 JPEG로 저장해서 올려 주세요.",
        PhotoProblem.NO_PICTURE: "이 파일은 사진이 아니에요. PNG, JPEG, WebP, GIF로 올려 주세요.",
        PhotoProblem.OTHER_FORMAT: "이 형식의 사진은 못 읽어요. PNG나 JPEG로 바꿔서 올려 주세요.",
        PhotoProblem.BROKEN: "사진 파일이 깨져 있어서 못 읽었어요. 다시 올려 주세요.",
        PhotoProblem.NARROW: "너무 길쭉한 사진이에요. 긴 쪽이 짧은 쪽의 20배를 넘지 않는 사진을 올려 주세요.",
        PhotoProblem.NO_FACE: "사진에서 얼굴을 못 찾았어요. 얼굴이 앞을 보는 밝은 사진으로 해 보세요.",
        PhotoProblem.UNFIT_FACE: "사진 속 얼굴이 너무 작거나 잘려 있어요. 얼굴이 더 크게 다 나온 사진으로 해 보세요.",
    },
    photo_gone="사진을 받아 오지 못했어요. 다시 올려 주세요.",
    one_at_a_time="아까 올린 사진을 아직 보고 있어요. 다 되면 다시 해 주세요.",
)
