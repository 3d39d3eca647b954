"""Signing in with the company's own identities: OpenID Connect, code flow with PKCE."""
