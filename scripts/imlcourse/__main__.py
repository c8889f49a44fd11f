"""``python -m imlcourse``: the command line, wherever ``course`` is not on the path."""

import gc
import sys
from typing import NoReturn

from imlcourse.cli import main


def run() -> NoReturn:
    """Run the command line as a process of its own, and end it.

    A command makes much, throws little away, and ends: looking for what could be thrown away
    costs a tenth of its time. What goes on for hours (`course serve`) looks by itself.
    """
    gc.disable()
    code = main()
    # Nor does the end look through all that goes with the process anyway.
    gc.freeze()
    sys.exit(code)


if __name__ == "__main__":
    run()
