"""How metrics is reached over HTTP."""
