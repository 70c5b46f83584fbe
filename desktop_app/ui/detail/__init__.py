"""The panel on the right: everything about what is selected."""
