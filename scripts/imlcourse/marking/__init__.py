"""Reading photos and scans of filled sheets: what is marked, and what a person has to look at.

In the order of the way: `photos` reads files, `finding` looks for the sheet by its QR code and its
corner marks, each of which tests the other, `straightening` makes the page flat and finds the
frame of each box near its place, `boxes` says what is in them, `judging` what that means for this
person's pen, `settling` what a person has to look at, `results` writes the table, `page` the page.
All limits stand in `thresholds`.

Rules: nothing is guessed in silence. What is not sure is open, and what is open counts nowhere.

Beside two other programs, by what their pages and sources said in November 2026; neither was run
on our sheets:

- Auto Multiple Choice (manual pages ``auto-multiple-choice-analyse`` and ``-note``,
  https://manpages.debian.org/testing/auto-multiple-choice-common/) turns a scan to black and white
  by one threshold (``--bw-threshold``, 0.6), fits the page by its corner marks, and takes a box for
  ticked if the share of black is above one limit (``--seuil``) and, if wanted, below another, above
  which it is taken back (``--seuil-up``): the same for all people and all papers of a set. Here the
  paper is judged beside the paper nearby, each box is looked for at its own place, so that curled
  pages are read, limits follow the person's own marks, and between yes and no there is unsure.
- OMRChecker (https://github.com/Udayraj123/OMRChecker, ``README.md``, ``src/core.py``) reads PNG
  and JPEG by a template of places that the user draws up, and says of itself “nearly 100 % accurate
  on good quality document scans; and about 90 % accurate on mobile images”. A sheet with two marks
  for one answer goes as a whole into a list of files to look at. Here places come with the sheet,
  the QR code says which sheet it is, and a doubt is one box with its picture and one click.

Where they are better: Auto Multiple Choice has been used in examinations since 2008, has a
graphical interface, and writes scores onto the scans (``auto-multiple-choice-annotate``);
OMRChecker reads sheets of any make, from a picture of them. Here only sheets of ``course sheets``
are read, and what was tried are rendered sheets, not photographs of real ones.
"""
