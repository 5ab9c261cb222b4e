"""The face service: what is meant by a request, and the picture it leads to. Shared by Discord and the terminal.

Knows neither of them, and no threads: what takes long is called by whoever has one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.features.face import rendering
from bot.features.face.lookup import named, named_attribute
from bot.features.face.photo_request import PhotoRequest
from bot.features.face.rendering import Cleaned, Edited, Labels, Portrait
from bot.features.face.request import FROM_PHOTO, USUAL_STRENGTH, Request
from bot.features.face.texts import FaceTexts
from bot.i18n import Named, UserFacingError
from bot.inference.artist import Artist, Edit, How


@dataclass(frozen=True, slots=True)
class Maker:
    """The model that made the pictures: whether it has learnt from drawn faces only.

    And what members call it, where somebody chose it: then a seed draws the same face only along with it.
    """

    saw_drawn: bool
    label: str | None = None


class FaceService:
    """The faces of a bundle for one request. ``generator`` is the usual model for it, by its name in the bundle."""

    def __init__(self, artist: Artist | None, *, photos: bool = False, how: How = "carry") -> None:
        """Take the bundle's artist, whether a photo is to be changed, and how.

        Raises:
            UserFacingError: the bundle has no faces, or changes no photos.
        """
        if artist is None:
            raise UserFacingError(FaceTexts, "no_faces")
        if photos and not artist.takes_photos:
            raise UserFacingError(FaceTexts, "no_photos")
        self.artist = artist
        self.generator = artist.of_photos if photos else artist.usual
        self._of_photos, self._is_carried = photos, photos and how == "carry"

    @property
    def attributes(self) -> tuple[str, ...]:
        """The attributes that can be changed, by their names in the bundle."""
        if self._is_carried:
            return self.artist.photo_attributes
        return self.artist.attributes(self.generator) if self._of_photos else self.artist.drawn_attributes

    def generator_of(self, attribute: str) -> str:
        """Return the model that changes it: of photos the one that knows them, else the best that can."""
        return self.generator if self._of_photos else self.artist.drawer(attribute)

    def attribute(self, typed: str) -> str:
        """Return the attribute that is meant, by its name in any language.

        Raises:
            UserFacingError: it is none of those that can be changed.
        """
        attribute = named_attribute(typed, self.attributes)
        if attribute is None:
            on_drawn_faces = named_attribute(typed, self.artist.drawn_attributes)
            problem = "no_such_attribute" if on_drawn_faces is None else "not_on_photos"
            raise UserFacingError(FaceTexts, problem, known=Named("attributes", self.attributes))
        return attribute

    def model(self, typed: str | None) -> str:
        """Return the generator that is meant, or the usual one for whoever names none.

        Raises:
            UserFacingError: there is none of that name.
        """
        labels = self.artist.labels
        generator = named(typed, self.artist.generators, labels) if typed else self.artist.usual
        if generator is None:
            raise UserFacingError(FaceTexts, "no_such_model", known=", ".join(labels.values()))
        return generator

    def can(self, request: Request) -> bool:
        """Return whether the bundle has what a request asks for; its button may be older than the bundle."""
        if request.source == FROM_PHOTO:
            return request.attribute in self.artist.photo_attributes
        return request.source in self.artist.generators and request.attribute in self.artist.attributes(request.source)

    def smiles(self, request: Request) -> bool:
        """Return whether the face that a request draws can be made to smile."""
        return self.can(replace(request, attribute="Smiling"))

    def has(self, generator: str) -> bool:
        """Return whether the bundle has a generator of that name; a button may be older than it."""
        return generator in self.artist.generators

    def maker(self, request: Request | None = None) -> Maker:
        """Return the model that answers ``request``, or the one that answers whoever names none."""
        generator = self._maker(request) if request else self.generator
        edits = [(request.attribute, request.strength)] if request and request.source == FROM_PHOTO else []
        is_chosen = request is not None and generator not in self._makers_unasked(request.attribute)
        return Maker(self._saw_drawn(edits), self.artist.labels[generator] if is_chosen else None)

    def _makers_unasked(self, attribute: str) -> set[str]:
        """Return the models that draw for whoever names none."""
        can_draw_it = attribute in self.artist.drawn_attributes
        return {self.artist.usual, *([self.artist.drawer(attribute)] if can_draw_it else [])}

    def photo_maker(self, request: PhotoRequest) -> Maker:
        """Return the model that changes a photo as ``request`` asks."""
        return Maker(self._saw_drawn(request.edits))

    def _saw_drawn(self, edits: Sequence[Edit]) -> bool:
        """Return whether what makes such edits has learnt from drawn faces only: the editor has not."""
        edited = bool(edits) and all(self.artist.edits(*edit) for edit in edits)
        return self.artist.saw_drawn_faces_only and not edited

    def _maker(self, request: Request) -> str:
        return self.artist.of_photos if request.source == FROM_PHOTO else request.source

    def draw(self, request: Request) -> bytes:
        """Return a PNG of the face that a request's seed draws, before and after."""
        return rendering.drawn(self.artist, request.seed, request.source, request.attribute, request.strength)

    def draw_fresh(self, request: Request) -> bytes:
        """Return a PNG of the face that a request's seed draws, unchanged."""
        return rendering.fresh(self.artist, request.seed, request.source)

    def change_photo(self, photo: bytes, request: PhotoRequest, labels: Labels, how: How = "carry") -> Edited:
        """Return a member's photo with what is asked of it.

        Raises:
            PhotoError: the photo cannot be read, or nobody is in it whose face could be changed.
        """
        taken, shrunk = rendering.taken(photo)
        return replace(rendering.edited(self.artist, taken, request, labels, how), shrunk=shrunk)

    def clean_photo(self, photo: bytes, labels: Labels) -> Cleaned:
        """Return a member's photo with its small faces clean.

        Raises:
            PhotoError: the photo cannot be read, or nobody is in it whose face could be cleaned.
            UserFacingError: the bundle cleans nothing, or the faces are too large for it.
        """
        if self.artist.cleaner is None:
            raise UserFacingError(FaceTexts, "no_cleaner")
        cleaned = rendering.cleaned(self.artist.cleaner, photo, labels)
        if cleaned is None:
            raise UserFacingError(FaceTexts, "too_large_to_clean")
        return cleaned

    def smiling_photo(self, photo: bytes, attribute: str) -> bytes:
        """Return a photo of one person with what makes a face smile, small, as a JPEG.

        Raises:
            PhotoError: the photo cannot be read, or nobody is in it whose face could be changed.
            UserFacingError: there is more than one, and the others were not asked.
        """
        smiling = rendering.alone(self.artist, photo, (attribute, USUAL_STRENGTH))
        if smiling is None:
            raise UserFacingError(FaceTexts, "not_alone")
        return smiling

    def change_original(self, original: bytes, request: PhotoRequest, labels: Labels) -> Edited:
        """Return a photo of one of the bot's own answers with what is asked of it.

        Raises:
            PhotoError: as above.
        """
        return rendering.edited(self.artist, rendering.kept(original), request, labels)

    def change_crop(self, crop: bytes, request: Request) -> Portrait:
        """Return a face that the bot had cut out of a photo, before and after.

        Raises:
            PhotoError: it cannot be read.
        """
        return rendering.of_crop(self.artist, crop, request.attribute, request.strength)
