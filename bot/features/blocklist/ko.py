"""Korean, about the blocklist."""

from bot.features.blocklist.texts import BlocklistTexts

TEXTS = BlocklistTexts(
    commands={
        "Never say this again": "다시는 하지 마",
        "never": "금지어",
        "What I must not say again": "제가 다시는 하면 안 되는 말",
        "list": "목록",
        "Managers: lines I must not say here, and how to allow them again": "관리자: 여기서 안 하기로 한 말을 보고, "
        "다시 풀어 줘요",
    },
    what_is_kept="`다시는 하지 마`: 안 하기로 한 제 말과 누가 언제 부탁했는지를 적어 둬요. `/개인정보 지우기`를 하면 "
    "개인 메시지의 것은 지워지고, 서버의 것은 누가 부탁했는지만 지워져요.",
    refused="알겠어요. 이제 여기서 이 말은 하지 않을게요.",
    refused_before="이 말은 이미 하지 않기로 했어요.",
    not_mine="제가 한 말에만 쓸 수 있어요.",
    no_words="이 메시지에는 모델이 지어낸 말이 없어요.",
    full="하지 않기로 한 말이 벌써 {limit}개예요. 먼저 `/금지어 목록`에서 몇 개를 풀어 주세요.",
    heading="여기서 하지 않기로 한 말",
    nothing="하지 않기로 한 말이 없어요. 제 답을 오른쪽 클릭하거나 길게 누르고 앱 → ‘다시는 하지 마’를 고르면 돼요.",
    how="번호를 누르면 다시 할 수 있게 풀려요.",
    page="{page}/{pages}쪽 · 모두 {total}개",
)
