"""Building, and knowing what need not be built."""
