"""Facts in the file itself: Content Credentials, labels, generators' marks, camera data; never averaged."""
