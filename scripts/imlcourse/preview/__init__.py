"""The live preview: `course serve`."""
