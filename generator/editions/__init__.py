"""Compare two versions of the guidance, and keep what published editions promised to readers."""
