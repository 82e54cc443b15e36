"""What a stranger can check: canonical JSON, a Merkle log (RFC 9162) and its signed heads."""
