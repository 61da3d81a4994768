"""The steps from one schema of the desk to the next; one that has shipped is never edited."""
