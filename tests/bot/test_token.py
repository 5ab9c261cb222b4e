"""What can be a token, and what is said of what cannot."""

import base64

import pytest

from bot.token import why_no_token


def _token(number: str = "123456789012345678", middle: str = "Gabcde", last: str = "x-_Y" * 9 + "zz") -> str:
    return f"{base64.urlsafe_b64encode(number.encode()).decode().rstrip('=')}.{middle}.{last}"


@pytest.mark.parametrize(
    "token",
    [
        _token(),
        _token("80351110224678912"),
        _token("1234567890123456789"),
        _token(last="a" * 27),
        _token(middle="X-_abc"),
    ],
)
def test_every_form_that_discord_has_given_out_can_be_one(token: str) -> None:
    assert why_no_token(token) is None


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("AbCdEfGhIjKlMnOpQrStUvWxYz-_0123", "client secret"),
        ("0123456789abcdef" * 4, "public key"),
        ("123456789012345678", "number of the application"),
        (f'"{_token()}"', "quotes"),
        (f"'{_token()}'", "quotes"),
        (f"Bot.{_token()}", "form"),
        (_token("playground-is-no-number"), "form"),
        (_token(last="short"), "form"),
        (_token()[:-30], "form"),
        (_token() + ".more", "form"),
        ("your-token-here", "form"),
        ("<token>", "form"),
        ("abc.def.ghi", "form"),
        ("mfa." + "a" * 84, "form"),
    ],
)
def test_what_cannot_be_one_is_guessed_at_and_not_repeated(text: str, guess: str) -> None:
    sentence = why_no_token(text)
    assert sentence
    assert guess in sentence
    assert text not in sentence
