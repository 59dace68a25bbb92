"""WHERE THINGS ARE: rings, cover, thresholds, labels, scale. The only importer of shapely."""
