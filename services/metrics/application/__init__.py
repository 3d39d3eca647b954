"""What can be asked of metrics, and how a request becomes facts."""
