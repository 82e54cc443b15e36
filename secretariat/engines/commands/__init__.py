"""The engines as commands on files: one module a verb, and the contract they share."""
