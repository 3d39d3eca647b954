"""The story of the demo quarter, as people would write it down, and how it is read."""
