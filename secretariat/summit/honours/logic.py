BOOK = "-book"  # what the key of a call's book ends with


def call_of_book(number: str) -> str:
    """Return the key of the call whose book has this number (``PUB-CASES-2026-BOOK``)."""
    return number.removeprefix("PUB-").lower().removesuffix(BOOK)
