"""What metrics publishes, and what it knows from its neighbours' feeds."""
