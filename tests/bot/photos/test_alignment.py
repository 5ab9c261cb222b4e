"""A face is cut out in one way wherever it is in a photo, and what is laid back fits without a seam."""

import cv2
import numpy as np
import pytest

from bot.photos import Eyes, Located, beyond, carry, crop, find, lay_back, soft_mask, standard


@pytest.fixture(scope="module")
def face() -> np.ndarray:
    """Return a smooth picture that is the same nowhere twice."""
    noise = np.random.default_rng(0).integers(0, 256, (12, 12, 3), np.uint8)
    return cv2.resize(noise, (128, 128), interpolation=cv2.INTER_CUBIC)


@pytest.mark.parametrize(("angle", "scale"), [(0, 1), (20, 1.5), (-35, 3), (10, 0.7)])
def test_a_turned_and_enlarged_face_is_cut_out_as_it_was(face: np.ndarray, angle: float, scale: float) -> None:
    matrix = cv2.getRotationMatrix2D((64, 64), angle, scale)
    matrix[:, 2] += 250
    photo = cv2.warpAffine(face, matrix, (640, 640), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    eyes = [tuple(matrix @ (*point, 1)) for point in (standard(128).left, standard(128).right)]
    found = crop(photo, Located(*eyes), 128).astype(int)
    assert np.abs(found - face)[8:-8, 8:-8].mean() < 4


@pytest.mark.parametrize("tall", [0.8, 1.25])
@pytest.mark.parametrize("angle", [0, 30])
def test_of_a_face_that_is_taller_than_usual_the_crop_is_as_of_any(face: np.ndarray, angle: float, tall: float) -> None:
    matrix = cv2.getRotationMatrix2D((64, 64), angle, 2)
    matrix[:, :2] = matrix[:, :2] @ np.diag([1, tall])
    matrix[:, 2] += 250
    photo = cv2.warpAffine(face, matrix, (640, 640), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    left, right = (tuple(matrix @ (*point, 1)) for point in (standard(128).left, standard(128).right))
    found = crop(photo, Located(left, right, tall), 128).astype(int)
    assert np.abs(found - face)[8:-8, 8:-8].mean() < 4
    assert np.abs(crop(photo, Located(left, right), 128).astype(int) - face)[8:-8, 8:-8].mean() > 8


def test_how_far_a_crop_reaches_beyond_its_photo(face: np.ndarray) -> None:
    assert beyond(standard(128), face) == pytest.approx(0, abs=1e-9)
    inside = Located((300.0, 200.0), (340.0, 200.0))
    assert beyond(inside, np.zeros((600, 600, 3), np.uint8)) == 0
    # 40 pixels between the eyes make a side of 138, of which 0.45 lie above them: 62, where there are 35.
    above = Located((300.0, 34.5), (340.0, 34.5))
    assert beyond(above, np.zeros((600, 600, 3), np.uint8)) == pytest.approx(0.45 - 35 * 0.29 / 40)


def test_a_crop_of_a_crop_is_the_crop(face: np.ndarray) -> None:
    assert (crop(face, standard(128), 128) == face).all()


def test_shrinking_takes_the_mean_and_no_single_pixels() -> None:
    chessboard = (np.indices((512, 512)).sum(0) % 2 * 255).astype(np.uint8)
    small = crop(np.repeat(chessboard[..., None], 3, 2), standard(512), 64)
    assert np.abs(small.astype(int) - 127).max() < 6


def test_what_is_laid_back_unchanged_leaves_the_photo_nearly_as_it_was(face: np.ndarray) -> None:
    photo = cv2.resize(face, (400, 400), interpolation=cv2.INTER_CUBIC)
    where = Located((150.0, 190.0), (230.0, 200.0))
    patch = crop(photo, where, 276)
    back = lay_back(photo, where, patch)
    assert np.abs(back.astype(int) - photo).mean() < 1
    assert (back[:20] == photo[:20]).all()


def test_the_mask_is_whole_over_the_face_and_nothing_at_the_border() -> None:
    mask = soft_mask(100)
    assert mask[50:75, 40:60].min() == 1
    assert max(mask[0].max(), mask[:, 0].max(), mask[-1].max(), mask[:, -1].max()) == 0


OTHER_EYES = [((0.3, 0.35), (0.7, 0.35)), ((0.42, 0.6), (0.58, 0.6)), ((0.2, 0.5), (0.5, 0.5))]


@pytest.mark.parametrize("eyes", OTHER_EYES)
def test_a_crop_has_the_eyes_where_it_is_told_and_goes_back_from_there(face: np.ndarray, eyes: Eyes) -> None:
    photo = cv2.resize(face, (400, 400), interpolation=cv2.INTER_CUBIC)
    where = Located((150.0, 190.0), (230.0, 200.0))
    cut = crop(photo, where, 200, eyes)
    for (x, y), (wide, down) in zip((where.left, where.right), eyes, strict=True):
        assert np.abs(cut[round(down * 200), round(wide * 200)].astype(int) - photo[round(y), round(x)]).max() < 12
    back = lay_back(photo, where, 255 - cut, eyes)
    moved = np.abs(back.astype(int) - photo).max(-1)
    assert moved[190:200, 180:200].min() > 0
    mask = soft_mask(200, eyes)
    assert mask.max() == 1
    assert max(mask[0].max(), mask[:, 0].max(), mask[-1].max(), mask[:, -1].max()) < 0.05


def test_no_change_carries_nothing(face: np.ndarray) -> None:
    small = cv2.resize(face, (64, 64), interpolation=cv2.INTER_AREA)
    assert np.abs(carry(face, small, small).astype(int) - face).max() <= 1


def test_a_mouth_that_moves_up_moves_up_in_the_photo_and_stays_sharp() -> None:
    def drawn(size: int, level: float, sharp: float) -> np.ndarray:
        y, x = (np.indices((size, size)) + 0.5) / size
        line = np.clip(1 - np.abs(y - level) * sharp, 0, 1) * (np.abs(x - 0.5) < 0.16)
        return np.repeat((220 - 180 * line)[..., None], 3, 2).astype(np.uint8)

    photo = drawn(256, 0.70, 60)
    carried = carry(photo, drawn(64, 0.70, 14), drawn(64, 0.67, 14), unexplained=0.0)
    darkest = [int(picture[..., 0].mean(1).argmin()) for picture in (photo, carried)]
    assert 4 <= darkest[0] - darkest[1] <= 11


def test_faces_of_real_people_are_found_and_their_eyes_where_they_are(shared) -> None:
    import zipfile

    from bot.photos import read

    eyes = []
    with zipfile.ZipFile(shared / "data" / "faces" / "london256.zip") as archive:
        for name in sorted(archive.namelist())[:40]:
            (found, *_) = find(read(archive.read(name)))
            eyes.append((*found.left, *found.right))
    # The photos of this set are aligned: who is found right is found in one place.
    assert np.std(eyes, axis=0).max() < 8


@pytest.mark.parametrize("eyes", [(5.0, 8.0), (380.0, 395.0), (200.0, 10.0)])
def test_a_face_at_the_edge_of_a_photo_is_laid_back_as_far_as_there_is_photo(
    face: np.ndarray, eyes: tuple[float, float]
) -> None:
    photo = cv2.resize(face, (400, 400), interpolation=cv2.INTER_CUBIC)
    given = photo.copy()
    where = Located((eyes[0] - 4, eyes[1]), (eyes[0] + 4, eyes[1]))
    back = lay_back(photo, where, 255 - crop(photo, where, 64))
    y, x = (round(share) for share in (eyes[1], eyes[0]))
    assert (back[y, x] != photo[y, x]).any()
    assert (np.abs(back.astype(int) - photo).max(-1) > 0).mean() < 0.02
    assert (photo == given).all()
