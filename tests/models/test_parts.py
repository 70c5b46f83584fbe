from pathlib import Path

import pytest

from models.training.parts import MARK, Part, rewrite_part


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "MODEL_CARD.md"


def test_a_part_can_come_first_and_alone(path: Path) -> None:
    rewrite_part(path, Part.CIFAKE, "# CIFAKE\n")
    assert path.read_bytes() == b"# CIFAKE\n"
    rewrite_part(path, Part.CIFAKE, "# CIFAKE again\n")
    assert path.read_bytes() == b"# CIFAKE again\n"


def test_each_writer_leaves_the_others_part_byte_for_byte(path: Path) -> None:
    first, second = "# CIFAKE\n\n| a | b |\n  \n", "# Field\n\nline \n"
    rewrite_part(path, Part.CIFAKE, first)
    rewrite_part(path, Part.FIELD, second)
    assert path.read_bytes().decode() == first + MARK + second
    rewrite_part(path, Part.FIELD, "# Field, later\n")
    assert path.read_bytes().decode() == first + MARK + "# Field, later\n"
    rewrite_part(path, Part.CIFAKE, "# CIFAKE, later\n")
    assert path.read_bytes().decode() == "# CIFAKE, later\n" + MARK + "# Field, later\n"
