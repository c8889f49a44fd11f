"""What carries a signature: the key of a trainer, what is signed with it, and how it is checked."""
