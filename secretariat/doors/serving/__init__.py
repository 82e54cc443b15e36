"""Runs the product: web, live, worker and sealer as processes under one supervisor."""
