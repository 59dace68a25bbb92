"""ON PAPER: the only importer of typst and pikepdf."""
