"""SCIM 2.0: how identity providers keep people and groups of the directory up to date."""
