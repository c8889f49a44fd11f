"""The script and the style that make the static HTML of quizzes answerable."""
