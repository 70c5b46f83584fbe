"""The grid and the table: two views of the one list."""
