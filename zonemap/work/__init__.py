"""WHAT PEOPLE DO: one function per intention. No Flask."""
