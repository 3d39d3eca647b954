"""One module per screen, and what all screens share: language, time, status words, security."""
