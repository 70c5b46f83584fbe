"""The marks that generators leave in their own files, and the settings that lie with them."""
