"""What goes wrong, and who hears of it. Light to import, for everybody may raise it.

Exception
├── OwnerError                     the owner, at the terminal: exit code 1; subclasses lie with what raises them
├── bot.bundle.BundleError         the owner: the bundle must not be served
├── bot.photos.PhotoError          whoever gave the photo
└── bot.i18n.UserFacingError       the member who asked, in the language they read
    └── UnknownButtonError
"""


class OwnerError(Exception):
    """The bot cannot start or go on; the message is one sentence that says what to do."""
