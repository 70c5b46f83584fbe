import inspect

import pytest

from desktop_app.core import errors
from desktop_app.core.errors import TelltaleError

LEAVES = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, TelltaleError) and not kind.__subclasses__()
]


def test_codes_are_unique() -> None:
    codes = [kind.code for kind in LEAVES]
    assert len(codes) == len(set(codes)) > 15


@pytest.mark.parametrize("kind", LEAVES, ids=lambda kind: kind.__name__)
def test_every_error_has_a_sentence_and_a_way_out(kind: type[TelltaleError]) -> None:
    error = kind()
    assert error.message[0].isupper()
    assert error.message.endswith(".")
    assert error.hint.endswith(".")
    assert str(error) == error.message


@pytest.mark.parametrize("kind", LEAVES, ids=lambda kind: kind.__name__)
def test_the_tree_in_the_docstring_names_every_error(kind: type[TelltaleError]) -> None:
    assert kind.__name__ in (errors.__doc__ or "")
