"""What every service stands on: words, published language, eventing, access, HTTP."""
