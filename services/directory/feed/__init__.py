"""What the directory tells its neighbours."""
