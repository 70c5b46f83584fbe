"""Models to try, and how they were made."""
