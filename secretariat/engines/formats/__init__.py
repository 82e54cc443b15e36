"""Files as they come from outside, read strictly: what cannot be used is refused with file, line and reason."""
