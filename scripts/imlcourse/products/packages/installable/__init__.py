"""The course kept on a device that has opened it over HTTP(S), so that it needs no network then.

`kept_pages` adds to the pages what tells the browser so, `home_screen` says what the course is on
a home screen, and `service_worker` writes the service worker: a version is the list of its files
with their hashes. ``service_worker.js`` says how a version takes the place of another, and
``player/hosts/install.js`` what a learner reads of it. Nothing of this is in any other copy.

The pictures in ``icons/`` are drawn from the emblem of the course; ``tests/icons.py`` draws them
anew.
"""
