"""Copy a folder, as a step among commands: ``copy_folder.py FROM TO``."""

import shutil
import sys

from_folder, to_folder = sys.argv[1:]
shutil.copytree(from_folder, to_folder)
