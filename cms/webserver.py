"""The web server of `serve`: granian with its worker processes, run as `python -m cms.webserver PORT`.

It imports no Django itself; each worker loads the site for its own.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

ADDRESS = "127.0.0.1"
WORKERS = 2
THREADS = 4  # a worker's; each may hold one database connection
PR_SET_PDEATHSIG = 1  # linux/prctl.h


def end_with(parent: int) -> None:
    """Have the kernel kill this process when its parent, process `parent`, ends, however that ends.

    Without it the workers of a killed server go on to answer, and a new server shares the port with them.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it ended before we asked
            sys.exit(1)


def load_site(parent: int, target: str) -> Callable[..., Any]:
    """The WSGI application, in a worker whose main process is `parent`."""
    end_with(parent)
    # The handlers that came with the fork would swallow a stop until granian sets its own.
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, signal.SIG_DFL)
    from cms.wsgi import application

    return application


def main(port: int, parent: int) -> None:
    """Answer on the port until SIGTERM or SIGINT."""
    end_with(parent)
    server = Granian(
        "cms.wsgi:application",
        address=ADDRESS,
        port=port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=10,  # seconds; without it a stop while the workers start hangs
        log_level=LogLevels.warning,
    )
    server.serve(target_loader=partial(load_site, os.getpid()))


if __name__ == "__main__":
    main(port=int(sys.argv[1]), parent=int(sys.argv[2]))
