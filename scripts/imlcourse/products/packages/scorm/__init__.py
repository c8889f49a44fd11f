"""The course for learning platforms that speak SCORM: the pages as they are, in a frame.

`table` says what the frame's script has to know of the course, `frame` writes the page with the
frame, `manifest` what a platform reads of a package in either dialect, and `parcels` puts together
the whole course and each module. What is reported, ``player/hosts/scorm.js`` says, and
``player/record/compact.js`` how the record travels.
"""
