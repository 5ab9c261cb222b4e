"""The hierarchy of errors, and who hears of each. Light to import, for everybody may raise it.

Exception
├── OwnerError                          the owner, at the terminal: exit code 1
│   ├── bot.bundle.BundleError          the bundle must not be served
│   ├── bot.inference.session.ProviderError
│   ├── bot.settings.SettingsError
│   └── bot.store.errors.StoreError     the database cannot be used
│       └── StoreBusy                   and the member who asked: somebody else writes all the time
├── bot.i18n.UserFacingError            the member who asked, in the language they read
│   ├── UnknownButtonError
│   └── bot.features.birthday.text.formatting.RefusalError
├── bot.features.birthday.errors.BirthdayError    a reason without words, until a RefusalError says it
├── bot.photos.PhotoError               whoever gave the photo, once the feature has words for it
├── bot.inference.worker.Busy, Slow     the member who asked: too many are asking, or it takes too long
└── bot.response_retry.Undelivered      the member, where one can be reached: an answer did not arrive

What fails because too many files are open (:func:`is_out_of_files`) is "busy" for members, whatever it is.

A subclass lies with what raises it. :mod:`bot.error_reply` alone turns them into answers for members, and
:mod:`bot.__main__` into a sentence for the owner; :mod:`bot.client` logs an owner's where it goes on without.
"""

from errno import EMFILE, ENFILE


class OwnerError(Exception):
    """The bot cannot start or go on; the message is one sentence that says what to do."""


def is_out_of_files(error: BaseException | None) -> bool:
    """Say whether an error comes of too many open files, in this process or on the machine: it passes by itself."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in {EMFILE, ENFILE}:
            return True
        error = error.__cause__
    return False
