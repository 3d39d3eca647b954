"""What each verb of the command line does, and how it answers: text, JSON and an exit code."""
