"""A picture file's containers, walked by their standards: where metadata lie, and their bytes within limits."""
