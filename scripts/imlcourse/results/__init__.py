"""A group's results: from the files of learners to the figures of a report.

``readers/`` has a file for each kind of file, and ``intake.py`` takes what they find. ``gather.py``
brings all that is said of one learner together, in ``shards.py`` on the disk where it is much, and
``settle.py`` says what of it counts. ``tally.py`` adds up, ``statistics.py`` has the formulas, and
``analysis.py`` gives what a trainer wants to know, as numbers and ids. ``products/report/`` writes
it down.
"""
