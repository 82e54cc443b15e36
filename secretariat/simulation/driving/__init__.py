"""Drives selections from files and options: a subcommand of ``secretariat call`` is an action or two, no more."""
