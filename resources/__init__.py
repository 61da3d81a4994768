"""Data of the program: magazines, phrases, styles, templates, sample texts."""
