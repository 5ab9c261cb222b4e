"""English, about the service."""

from bot.service.texts import ServiceTexts

TEXTS = ServiceTexts(
    installed="Dantok runs from {folder}, and starts again by itself ({kind}: {file}).",
    no_linger="It stops when you log out; to let it go on, an administrator types: loginctl enable-linger {user}",
    removed="Dantok is stopped and {file} is deleted; everything that the bot keeps is still there.",
    not_installed="Dantok is not installed as a service: type `python -m bot service install`.",
    not_started="{kind} does not start services for you here ({reason}), so nothing was installed: keep "
    "`python -m bot run` running in another way, for example with Docker.",
    unknown_system="How to keep a program running on {system} is not known: keep `python -m bot run` running yourself.",
    only_in_environment="A service sees only what is in {folder}/.env, where {names} is missing: write it there.",
)
