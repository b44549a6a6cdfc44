"""Refuse what people type into forms when it bears a mark of State secrecy: nothing of it may be written down."""

from khcn.kernel.files.reading.cleaning import clean_text
from khcn.kernel.files.reading.errors import SecretText
from khcn.kernel.files.reading.secrecy import secrecy_level
from khcn.kernel.files.reading.secret_names import secrecy_of_name


def refuse_secret_text(text: str, label: str = "") -> None:
    """Stop where a text that somebody typed or pasted bears a mark of State secrecy, standing as a mark.

    `label`: the field, as the form calls it. The word inside prose («bảo mật», «tài liệu mật» in a sentence) passes.
    Raises: SecretText, whose message is for people and repeats nothing of the text.
    """
    if level := secrecy_level(clean_text(text)):
        raise SecretText(level, label)


def refuse_secret_title(text: str, label: str = "") -> None:
    """Stop where the title of a paper or a file bears a mark of State secrecy, among its other words too.

    `label`: the field, as the form calls it. Raises: SecretText.
    """
    if level := secrecy_of_name(text):
        raise SecretText(level, label)
