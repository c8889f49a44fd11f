"""From files to one `Course`: modules, item banks, contents and reference parts."""
