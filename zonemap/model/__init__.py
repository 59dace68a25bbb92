"""WHAT THERE IS: frozen dataclasses and enums. Standard library only."""
