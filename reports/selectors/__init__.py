"""What the house looks like from above. Reads only; every page gets plain dataclasses from a fixed number of queries."""
