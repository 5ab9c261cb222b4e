"""Jobs that ask networks: what several of them ask at the same time is read as one batch. Knows no network.

A job is a generator. It yields a question, is sent the answers to its rows, and returns its result; so one thread has
many under way, each as far as it is (continuous batching: Yu et al. 2022, Orca), and none sees another's rows.
"""

from collections.abc import Callable, Generator, Sequence
from functools import partial
from typing import Any, Generic, NamedTuple, TypeVar

from numpy.typing import NDArray

T = TypeVar("T")


class Question(NamedTuple):
    """Rows to be read, and by what: a function that answers a row alike whatever rows are beside it."""

    of: Callable[[Sequence[Any]], NDArray[Any]]
    rows: Sequence[Any]


Job = Generator[Question, NDArray[Any], T]


class Course(Generic[T]):
    """A job under way: it has a ``question``, or else it is done and has its ``result``."""

    result: T

    def __init__(self, job: Job[T]) -> None:
        """Begin a job; here and below it may raise what it likes."""
        self._job = job
        self.question: Question | None = None
        self._until_it_asks(job.__next__)

    def go_on(self, answers: NDArray[Any]) -> None:
        """Give it the answers to its question."""
        self._until_it_asks(partial(self._job.send, answers))

    def fail(self, error: Exception) -> None:
        """Have ``error`` raised where it asks."""
        self._until_it_asks(partial(self._job.throw, error))

    def _until_it_asks(self, resume: Callable[[], Question]) -> None:
        try:
            self.question = resume()
        except StopIteration as end:
            self.question, self.result = None, end.value

    def leave(self) -> None:
        """Break it off."""
        self._job.close()


def alone(job: Job[T]) -> T:
    """Return the result of a job beside which there is no other."""
    course = Course(job)
    while course.question is not None:
        of, rows = course.question
        course.go_on(of(rows))
    return course.result


def together(jobs: Sequence[Job[T]]) -> Job[list[T]]:
    """Return jobs that all ask the same function as one, whose result is theirs in their order."""
    courses = [Course(job) for job in jobs]
    while waiting := [(course, course.question) for course in courses if course.question is not None]:
        questions = [question for _, question in waiting]
        answers = yield _joined(questions)
        for (course, _), own in zip(waiting, _parted(answers, questions), strict=True):
            course.go_on(own)
    return [course.result for course in courses]


def answered(questions: Sequence[Question]) -> list[NDArray[Any] | Exception]:
    """Return the answers to each question, or what it raises; those of one function are read together."""
    answers: list[NDArray[Any] | Exception] = [KeyError()] * len(questions)
    for of in dict.fromkeys(question.of for question in questions):
        places = [place for place, question in enumerate(questions) if question.of == of]
        for place, own in zip(places, _answered_alike([questions[place] for place in places]), strict=True):
            answers[place] = own
    return answers


def _answered_alike(questions: Sequence[Question]) -> Sequence[NDArray[Any] | Exception]:
    of, rows = _joined(questions)
    try:
        return _parted(of(rows), questions)
    except Exception as error:  # noqa: BLE001 - it belongs to who asked
        # One that cannot be answered takes no other with it.
        return [error] if len(questions) == 1 else [_answered_alike([question])[0] for question in questions]


def _joined(questions: Sequence[Question]) -> Question:
    return Question(questions[0].of, [row for question in questions for row in question.rows])


def _parted(answers: NDArray[Any], questions: Sequence[Question]) -> list[NDArray[Any]]:
    """Part the answers to questions that were joined."""
    parts: list[NDArray[Any]] = []  # the type in the expression would be put together anew each time
    start = 0
    for question in questions:
        parts.append(answers[start : start + len(question.rows)])
        start += len(question.rows)
    return parts
