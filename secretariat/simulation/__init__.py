"""The demo: an organisation as data, and an invented edition that says everywhere that it is simulated."""
