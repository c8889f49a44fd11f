"""A training course on migrants' human rights, as plain files and what is built from them."""

__version__ = "0.1.0"
