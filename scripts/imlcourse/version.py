"""The version of the package, for whatever has to name it; it imports nothing."""

__version__ = "0.1.0"
