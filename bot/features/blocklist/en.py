"""English, about the blocklist."""

from bot.features.blocklist.texts import BlocklistTexts

TEXTS = BlocklistTexts(
    commands={},
    what_is_kept="`Never say this again`: the words of mine that were refused, who asked for it, and when. "
    "`/privacy forget` deletes those of private messages; on a server they stay, without who asked.",
    refused="All right. I won't say this here any more.",
    refused_before="I am already not to say this.",
    not_mine="This is only for what I said.",
    no_words="There is nothing in this message that the model made up.",
    full="There are already {limit} lines that I must not say. Allow some again with `/never list` first.",
    heading="What I must not say here",
    nothing="There is nothing that I must not say. Right-click an answer of mine or hold it, "
    "then choose Apps → “Never say this again”.",
    how="Press a number to allow that line again.",
    page="page {page} of {pages} · {total} in all",
)
