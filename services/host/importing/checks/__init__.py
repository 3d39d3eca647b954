"""What a file must hold together: each check yields a fault for every row that does not."""
