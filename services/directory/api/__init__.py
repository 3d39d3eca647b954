"""How the directory is reached over HTTP."""
