"""The one list of items behind both views: order, filter, selection and thumbnails."""
