"""The course for library boxes, which serve it where there is no internet: Kiwix and Kolibri.

`kiwix` says what is in a book for Kiwix, and `zim_writer` writes it, as a program of its own.
`channel` says what a channel for Kolibri holds, `apps` makes its zips, and `database` writes what
Kolibri reads of them. What the pages meet in Kolibri, ``player/hosts/kolibri.js`` sees to.
"""
