"""WHAT IS ASKED: the only importer of Flask and WTForms; views of a few lines."""
