"""The rules of objectives and key results; knows no database, web or broker."""
