"""What proves who somebody is, and how it is kept: hashes, never the secret itself."""
