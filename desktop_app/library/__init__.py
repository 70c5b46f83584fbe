"""Results on disk and on paper: for now the export formats."""
