"""What goals tells its neighbours, and what it hears from them."""
