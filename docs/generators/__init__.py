"""Pages that are written from the code: ``python -m docs.generators`` writes them anew."""
