"""Pages and sign-in: asks the services over HTTP and owns nothing but sessions and credentials."""
