"""Turn the guidance into data files for other programs."""
