"""The course for library boxes, which serve it where there is no internet.

`kiwix` says what is in a book for Kiwix, and `zim_writer` writes it, as a program of its own.
"""
