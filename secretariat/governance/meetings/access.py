"""Who may come in here: those who sit in the body, those who run it, the desk; the public to what is public."""

ADDRESSES = {}
