"""Korean, about the service."""

from bot.service.texts import ServiceTexts

TEXTS = ServiceTexts(
    installed="단톡이 {folder}에서 돌고 있어요. 꺼져도 스스로 다시 켜져요 ({kind}: {file}).",
    no_linger="로그아웃하면 멈춰요. 계속 돌게 하려면 관리자가 이렇게 입력해 주세요: loginctl enable-linger {user}",
    removed="단톡을 멈추고 {file} 파일을 지웠어요. 봇이 적어 둔 것은 모두 그대로 있어요.",
    not_installed="단톡이 서비스로 설치되어 있지 않아요. `python -m bot service install`을 입력해 주세요.",
    not_started="여기서는 {kind}가 서비스를 켜 주지 않아서({reason}) 아무것도 설치하지 않았어요. "
    "도커처럼 다른 방법으로 `python -m bot run`을 켜 두세요.",
    unknown_system="{system}에서 프로그램을 켜 두는 방법을 몰라요. `python -m bot run`을 직접 켜 두세요.",
    only_in_environment="서비스는 {folder}/.env 파일만 읽는데 거기에 {names} 값이 없어요. 파일에 적어 주세요.",
)
