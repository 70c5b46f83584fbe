"""Cloud mode in the window: agreement, key, batches, and what to do when the queue waits."""
