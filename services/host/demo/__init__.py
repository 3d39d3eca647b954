"""The demo quarter of Farhill Technology: its story, its figures, and the files they become."""
