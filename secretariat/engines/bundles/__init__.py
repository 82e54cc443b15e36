"""Bundles: what the organisation publishes so that a decision can be recounted without it."""
