"""``python -m imlcourse``: the command line, wherever ``course`` is not on the path."""

import sys

from imlcourse.cli import main

sys.exit(main())
