"""A selection typed in: a subcommand of ``secretariat call`` is an action or two, and says what came of it."""
