"""Everything that opens in its own small window."""
