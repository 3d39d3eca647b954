"""The composition root: all services in one process, the embedded database, the command line."""
