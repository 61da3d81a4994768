"""Use cases: one class per desk of work, verbs as methods, one unit of work per verb."""
