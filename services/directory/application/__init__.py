"""What can be asked of the directory, and how it is done."""
