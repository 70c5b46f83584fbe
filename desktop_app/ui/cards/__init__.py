"""What a card says and how it is painted."""
