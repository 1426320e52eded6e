"""The filter for those who build datasets: what to keep, what to drop, and by whose word."""
