"""Phrases: what the playground itself says to people, in every language it speaks, and the error that says it.

Knows nothing of when it is said. A locale that is in no table gets English.
"""

from playground.world.errors import PlaygroundError

ENGLISH = "en-US"
PHRASES = {
    "ko": {
        "no_command": "'{name}' 명령은 없어요. 있는 명령: {known}",
        "elsewhere": "'{name}' 명령은 여기서 쓸 수 없어요.",
        "no_bot": "봇이 아직 들어오지 않았어요.",
        "no_subcommand": "하위 명령을 골라 주세요: {usage}",
        "missing": "'{name}' 값이 빠졌어요. 사용법: {usage}",
        "too_many": "'{value}', 이 말은 어디에 쓸지 모르겠어요. 사용법: {usage}",
        "unknown_option": "'{name}' 항목은 없어요. 사용법: {usage}",
        "twice": "'{name}' 값이 두 번 있어요. 사용법: {usage}",
        "not_whole": "'{name}'에는 정수를 넣어 주세요: '{value}'",
        "not_number": "'{name}'에는 숫자를 넣어 주세요: '{value}'",
        "not_boolean": "'{name}'에는 true나 false를 넣어 주세요: '{value}'",
        "not_there": "'{name}': '{value}' 이름으로는 찾지 못했어요.",
        "nobody": "'{value}' 이름으로는 찾지 못했어요.",
        "not_text": "'{name}'에는 글자를 넣어 주세요.",
        "no_file": "'{name}'에는 파일을 넣어 주세요.",
        "too_small": "'{name}' 값은 {limit} 이상이어야 해요.",
        "too_big": "'{name}' 값은 {limit} 이하여야 해요.",
        "too_short": "'{name}' 값은 {limit}자 이상이어야 해요.",
        "too_long": "'{name}' 값은 {limit}자 이하여야 해요.",
        "message_length": "메시지는 1자에서 {limit}자까지 보낼 수 있어요.",
        "no_choice": "'{name}' 값은 이 중에서 골라 주세요: {known}",
        "no_component": "그런 버튼이 없어요.",
        "disabled": "지금은 누를 수 없는 버튼이에요.",
        "no_answer": "봇이 제때 답하지 않았어요.",
        "only_thinking": "봇이 생각하고 있다고만 하고 {seconds}초 동안 말이 없어요.",
        "not_here": "여기에는 들어갈 수 없어요.",
        "not_understood": "알아들을 수 없는 요청이에요.",
    },
    ENGLISH: {
        "no_command": "There is no command {name!r}. Commands: {known}",
        "elsewhere": "{name!r} cannot be used here.",
        "no_bot": "No bot has registered commands here yet.",
        "no_subcommand": "Choose a subcommand: {usage}",
        "missing": "{name!r} is missing. Usage: {usage}",
        "too_many": "There is no option left for {value!r}. Usage: {usage}",
        "unknown_option": "There is no option {name!r}. Usage: {usage}",
        "twice": "{name!r} is given twice. Usage: {usage}",
        "not_whole": "{name!r} must be a whole number, not {value!r}",
        "not_number": "{name!r} must be a number, not {value!r}",
        "not_boolean": "{name!r} must be true or false, not {value!r}",
        "not_there": "{name!r}: there is no {value!r} here",
        "nobody": "There is no {value!r} here.",
        "not_text": "{name!r} must be text",
        "no_file": "{name!r} must be a file",
        "too_small": "{name!r} must be at least {limit}",
        "too_big": "{name!r} must be at most {limit}",
        "too_short": "{name!r} must have at least {limit} characters",
        "too_long": "{name!r} must have at most {limit} characters",
        "message_length": "A message must have 1 to {limit} characters",
        "no_choice": "{name!r} must be one of: {known}",
        "no_component": "There is no such button on that message.",
        "disabled": "That button is disabled.",
        "no_answer": "The bot did not answer in time.",
        "only_thinking": "The bot said it was thinking, and nothing more for {seconds} s.",
        "not_here": "You cannot see that channel.",
        "not_understood": "That request could not be understood.",
    },
}
"""Sentences by Discord's name of the locale."""


def phrase(locale: str, key: str, **values: object) -> str:
    """Return the sentence ``key`` in the language of ``locale``."""
    return PHRASES.get(locale, PHRASES[ENGLISH])[key].format(**values)


class TypedError(PlaygroundError):
    """What somebody typed, Discord's client would not send; ``key`` and ``values`` are those of the sentence."""

    def __init__(self, locale: str, key: str, **values: object) -> None:
        super().__init__(phrase(locale, key, **values))
        self.key = key
        self.values = values
