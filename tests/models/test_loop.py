import sys

import pytest

pytest.importorskip("torch", reason="torch is only in the training dependency group")


@pytest.mark.skipif(sys.platform != "linux", reason="asks glibc")
def test_freed_memory_is_kept_where_there_is_a_glibc() -> None:
    from models.training.loop import keep_freed_memory

    assert keep_freed_memory()
