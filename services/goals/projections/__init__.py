"""Rows: what the service shows, built from published facts by its followers."""
