"""Read the guidance: YAML files in, checked and linked entries out, plus every problem found."""
