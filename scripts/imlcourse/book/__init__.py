"""The Jupyter Book: its sources, Sphinx, the extension and the theme."""
