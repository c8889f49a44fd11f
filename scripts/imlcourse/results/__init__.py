"""A group's results: from the files of learners to the figures of a report.

``records.py`` and ``tables.py`` read files, ``gather.py`` brings all that is said of one learner
together, ``statistics.py`` has the formulas, and ``analysis.py`` gives what a trainer wants to
know, as numbers and ids. ``products/report/`` writes it down.
"""
