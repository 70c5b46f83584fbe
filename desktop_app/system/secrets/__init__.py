"""The user's key: in the operating system's keyring or in this session's memory, and nowhere else."""
