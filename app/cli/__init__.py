"""The command line: the same services, for scripts and for servers without a screen."""
