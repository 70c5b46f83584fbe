"""Pictures by link: one bounded, guarded download at a time of asking, many at once."""
