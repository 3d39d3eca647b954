"""Fixtures that any test may ask for."""

from hypothesis import settings

from tests.support.postgres import databases, module_databases, postgres

__all__ = ["databases", "module_databases", "postgres"]

# Machines differ in speed, not in truth: no example is judged by its time.
settings.register_profile("cairn", deadline=None, max_examples=50, print_blob=True)
settings.load_profile("cairn")
