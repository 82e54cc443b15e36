"""Who may come in here: those who vote, those who run a body, the desk."""
