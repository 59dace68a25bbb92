"""What the lines mean: strokes or ink in, proposed rooms, doors and labels out."""
