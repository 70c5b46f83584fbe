"""The queue: pools, states, cancel, pause, retry; emits the core events."""
