"""From what was dropped to sources and bytes."""
