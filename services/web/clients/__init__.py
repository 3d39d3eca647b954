"""How the pages ask the services: thin clients over HTTP, one per service."""
