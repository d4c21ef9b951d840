"""What a person may ask of us: to see everything we know, and to be forgotten."""
