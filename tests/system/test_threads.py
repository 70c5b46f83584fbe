import os
import sys
import threading

import pytest

from desktop_app.system.threads import give_way


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps a priority for each thread")
def test_a_thread_gives_way_without_taking_the_program_with_it() -> None:
    before = os.getpriority(os.PRIO_PROCESS, 0)
    found: list[int] = []

    def work() -> None:
        give_way(4)
        found.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found[0] == 4
    assert os.getpriority(os.PRIO_PROCESS, 0) == before
