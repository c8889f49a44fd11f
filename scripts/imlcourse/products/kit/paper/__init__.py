"""Quizzes and tests on paper: sheets to fill in by pen, whose every box has a place that is known.

A test in several shuffled versions is a set of question pages, an answer sheet and a key for each
version, and one file that says where each box is (`geometry`), for whatever reads photos of them.
"""
