"""WHAT FOLLOWS: pure decisions over data. Standard library only."""
