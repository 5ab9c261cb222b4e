"""English, about the reference."""

from reference.texts import ReferenceTexts

TEXTS = ReferenceTexts(
    title="Every command and every setting",
    written="Written from the code by `make reference`; a test fails where it is stale. [한국어](reference.ko.md)",
    on_discord="On Discord",
    in_menu="In the menu of a message: right click, or hold, then Apps",
    in_terminal="In the terminal",
    settings="Settings",
    settings_note="In the environment or in `.env` ([.env.example](../.env.example)).",
    required="must be set",
    command_columns=("command", "what it does", "options (bold: must be given)"),
    setting_columns=("setting", "what it does", "without it", "may be"),
    explained={},
    values={},
)
