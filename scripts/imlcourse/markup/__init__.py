"""Text as authors write it: files, YAML, Markdown and what is wrong in them; it knows no course."""
