"""WHAT IT LOOKS LIKE: millimetres in, SVG out. The only importer of svgwrite."""
