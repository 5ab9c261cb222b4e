"""The controller: one project as the page shows it, and what can be pressed there. Knows nothing of HTTP.

Everything that is shown is read from the project's folder each time, so that it is true however it came about: by
another page, by ``dantok all``, or before the machine was started again. Only what Discord said is remembered.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import nullcontext
from inspect import iscoroutinefunction
from pathlib import Path
from typing import IO, Annotated, Any, Literal

from pydantic import Field, ValidationError, validate_call

from bot.errors import OwnerError
from owner import chat, discord, faces, learn, people
from owner.errors import StepError
from owner.listen import Listening
from owner.page.server import JSON, NotUnderstoodError
from owner.page.views import bot_view, chat_view, faces_view, learn_view, listen_view, people_view, sentence, steps_view
from owner.project import Project
from training.common.errors import TrainingError
from training.faces.data.labels import ATTRIBUTES
from training.text.consent.people import Consent


class ProjectController:
    """The controller of one project."""

    def __init__(self, project: Project, flags: Sequence[str] = ()) -> None:
        """Take a project, whose folder is made where there is none, and more flags of ``python -m training text``."""
        project.make()
        self._project = project
        self._flags = tuple(flags)
        self._listening = Listening(project)
        self._application: discord.Application | None = None
        self._service: str | None = None
        self._problem: OwnerError | None = None
        self._attribute = "Smiling"
        self._turn = asyncio.Lock()
        actions: tuple[Callable[..., None] | Callable[..., Awaitable[None]], ...] = (
            *(self.remove_chat, self.read_chat),
            *(self.consent, self.everyone_agreed, self.join_people, self.split_person, self.tie_discord),
            *(self.learn, self.learn_anew, self.accept_leaks, self.stop_learning),
            *(
                self.prepare,
                self.remove_photos,
                self.choose_attribute,
                self.label_face,
                self.fill_labels,
                self.train_faces,
            ),
            *(self.stop_faces, self.listen, self.stop_listening),
            *(self.token, self.forget_token, self.look_again, self.start_bot, self.stop_bot),
            *(self.install_service, self.remove_service),
        )
        self._actions = {action.__name__: action for action in actions}

    def state(self) -> JSON:
        """Return all that the page shows."""
        project, known = self._project, people_view(self._project)
        return {
            "steps": steps_view(project, somebody_agreed=known["agreed"] > 0),
            "chat": chat_view(project),
            "people": known,
            "learn": learn_view(project),
            "faces": faces_view(project, self._attribute),
            "listen": listen_view(project, self._listening.url),
            "discord": bot_view(project, self._application, self._service, self._problem),
        }

    def take_in(self, kind: str, name: str, content: IO[bytes], size: int | None) -> None:
        """Keep a file that somebody dropped."""
        places = {"chat": chat.exports, "photos": faces.photos}
        if kind not in places:
            raise NotUnderstoodError
        places[kind](self._project).add(name, content, size)

    async def do(self, action: str, given: Mapping[str, Any]) -> None:
        """Do what somebody pressed; two pages may press at once, and who only looks need not wait for the other."""
        if action not in self._actions:
            raise NotUnderstoodError
        doing = self._actions[action]
        try:
            async with nullcontext() if doing == self.look_again else self._turn:
                if iscoroutinefunction(doing):
                    await validate_call(doing)(**given)
                else:
                    await asyncio.to_thread(validate_call(doing), **given)
        except ValidationError:
            raise NotUnderstoodError from None
        except TrainingError as error:
            raise OwnerError(str(error)) from error
        except OSError as error:
            place = error.filename or self._project.folder
            raise StepError("cannot_write", place=place, reason=error.strerror or error) from error

    def document(self, name: str) -> bytes | Path | None:
        """Return the card, or the picture of a face."""
        if name == "card":
            return learn.card(self._project)
        try:
            return faces.picture(self._project, name.removeprefix("face-"))
        except StepError:
            return None

    def sentence(self, error: OwnerError) -> JSON:
        """Return what an error says, by language."""
        return sentence(error)

    def close(self) -> None:
        """Close what is open beside the page; jobs go on."""
        self._listening.stop()

    def read_chat(self) -> None:
        """Read the exports that there are now, instead of those of before."""
        chat.job(self._project).stop()
        if chat.exports(self._project).files:
            chat.start_reading(self._project)

    def remove_chat(self, name: str) -> None:
        """Take an export away."""
        chat.exports(self._project).remove(name)
        self.read_chat()

    def consent(self, name: str, consent: Consent) -> None:
        """Note what somebody said."""
        people.change(self._project, lambda known: known.decided(name, consent))

    def everyone_agreed(self) -> None:
        """Note that all agreed of whom nothing else is known."""
        people.change(self._project, people.all_agreed)

    def join_people(self, names: Annotated[list[str], Field(min_length=2)]) -> None:
        """Note that names are one friend's, who is called by the first."""
        people.change(self._project, lambda known: people.joined(known, names))

    def split_person(self, other: str) -> None:
        """Note that a name is another friend's after all."""
        people.change(self._project, lambda known: known.parted(other))

    def tie_discord(self, name: str, account: int) -> None:
        """Note whose an account on Discord is."""
        people.change(self._project, lambda known: known.tied(name, account))

    def learn(self) -> None:
        """Learn, or go on."""
        learn.start(self._project, flags=self._flags)

    def learn_anew(self) -> None:
        """Learn from the beginning."""
        learn.start(self._project, anew=True, flags=self._flags)

    def accept_leaks(self) -> None:
        """Make a bundle of a voice that gives something away, by the owner's word."""
        learn.start(self._project, accept_leaks=True, flags=self._flags)

    def stop_learning(self) -> None:
        """Stop; it goes on from there."""
        learn.job(self._project).stop()

    def prepare(self) -> None:
        """Find the faces in the photos that there are now."""
        faces.preparing_job(self._project).stop()
        if faces.photos(self._project).files:
            faces.start_preparing(self._project)

    def remove_photos(self) -> None:
        """Take the photos away, and what came of them."""
        faces.remove_photos(self._project)

    def choose_attribute(self, attribute: str) -> None:
        """Label another attribute."""
        if attribute not in ATTRIBUTES:
            raise NotUnderstoodError
        self._attribute = attribute

    def label_face(self, face: str, label: Literal[-1, 0, 1]) -> None:
        """Say of a face whether it has the attribute."""
        faces.set_label(self._project, face, self._attribute, label)

    def fill_labels(self) -> None:
        """Let the helper say it of the others."""
        faces.start_labelling(self._project)

    def train_faces(self) -> None:
        """Learn the faces."""
        faces.start_training(self._project)

    def stop_faces(self) -> None:
        """Stop whatever is done with faces."""
        for job in (faces.preparing_job, faces.labelling_job, faces.training_job):
            job(self._project).stop()

    def listen(self) -> None:
        """Open the chat with the bot."""
        self._listening.start()

    def stop_listening(self) -> None:
        """Close it."""
        self._listening.stop()

    async def token(self, token: str) -> None:
        """Check a token and keep it."""
        self._application = await discord.keep_token(self._project, token)
        self._problem = None

    def forget_token(self) -> None:
        """Keep the token no longer."""
        self._project.forget_token()
        self._application = None

    async def look_again(self) -> None:
        """Ask Discord what it knows of the token, and the system whether it keeps the bot running."""
        kept = asyncio.create_task(asyncio.to_thread(discord.service_state, self._project))
        try:
            self._application = await discord.kept_application(self._project)
            self._problem = None
        except StepError as error:
            self._problem = error
        self._service = await kept

    def start_bot(self) -> None:
        """Start the bot."""
        discord.start(self._project)

    def stop_bot(self) -> None:
        """Stop it."""
        discord.job(self._project).stop()

    def install_service(self) -> None:
        """Keep the bot running by the system."""
        discord.keep_running(self._project)
        self._service = discord.service_state(self._project)

    def remove_service(self) -> None:
        """Keep it running no longer."""
        discord.keep_running(self._project, "remove")
        self._service = discord.service_state(self._project)
