"""What runs in a kernel: quizzes, progress and the atlas in a notebook."""
