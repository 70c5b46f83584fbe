"""The window: everything that people see, and the only package that imports Qt."""
