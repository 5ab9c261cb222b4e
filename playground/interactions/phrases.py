"""What the playground itself says to people, in Korean and English.

Knows nothing of when it is said. A locale that is not Korean gets English.
"""

PHRASES = {
    "no_command": (
        "'{name}' 명령은 없어요. 있는 명령: {known}",
        "There is no command {name!r}. Commands: {known}",
    ),
    "elsewhere": ("'{name}' 명령은 여기서 쓸 수 없어요.", "{name!r} cannot be used here."),
    "no_bot": ("봇이 아직 들어오지 않았어요.", "No bot has registered commands here yet."),
    "no_subcommand": ("하위 명령을 골라 주세요: {usage}", "Choose a subcommand: {usage}"),
    "missing": ("'{name}' 값이 빠졌어요. 사용법: {usage}", "{name!r} is missing. Usage: {usage}"),
    "too_many": (
        "'{value}', 이 말은 어디에 쓸지 모르겠어요. 사용법: {usage}",
        "There is no option left for {value!r}. Usage: {usage}",
    ),
    "unknown_option": ("'{name}' 항목은 없어요. 사용법: {usage}", "There is no option {name!r}. Usage: {usage}"),
    "twice": ("'{name}' 값이 두 번 있어요. 사용법: {usage}", "{name!r} is given twice. Usage: {usage}"),
    "not_whole": ("'{name}'에는 정수를 넣어 주세요: '{value}'", "{name!r} must be a whole number, not {value!r}"),
    "not_number": ("'{name}'에는 숫자를 넣어 주세요: '{value}'", "{name!r} must be a number, not {value!r}"),
    "not_boolean": (
        "'{name}'에는 true나 false를 넣어 주세요: '{value}'",
        "{name!r} must be true or false, not {value!r}",
    ),
    "not_there": ("'{name}': '{value}' 이름으로는 찾지 못했어요.", "{name!r}: there is no {value!r} here"),
    "nobody": ("'{value}' 이름으로는 찾지 못했어요.", "There is no {value!r} here."),
    "not_text": ("'{name}'에는 글자를 넣어 주세요.", "{name!r} must be text"),
    "too_small": ("'{name}' 값은 {limit} 이상이어야 해요.", "{name!r} must be at least {limit}"),
    "too_big": ("'{name}' 값은 {limit} 이하여야 해요.", "{name!r} must be at most {limit}"),
    "too_short": ("'{name}' 값은 {limit}자 이상이어야 해요.", "{name!r} must have at least {limit} characters"),
    "too_long": ("'{name}' 값은 {limit}자 이하여야 해요.", "{name!r} must have at most {limit} characters"),
    "no_choice": ("'{name}' 값은 이 중에서 골라 주세요: {known}", "{name!r} must be one of: {known}"),
    "no_component": ("그런 버튼이 없어요.", "There is no such button on that message."),
    "disabled": ("지금은 누를 수 없는 버튼이에요.", "That button is disabled."),
    "no_answer": ("봇이 제때 답하지 않았어요.", "The bot did not answer in time."),
    "not_here": ("여기에는 들어갈 수 없어요.", "You cannot see that channel."),
    "not_understood": ("알아들을 수 없는 요청이에요.", "That request could not be understood."),
}


def phrase(locale: str, key: str, **values: object) -> str:
    """Return the phrase ``key`` in the language of ``locale`` (Discord's locale names)."""
    korean, english = PHRASES[key]
    return (korean if locale == "ko" else english).format(**values)
