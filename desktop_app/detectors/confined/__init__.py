"""Models that somebody brought, each in a process of its own."""
