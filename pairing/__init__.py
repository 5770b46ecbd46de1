"""结对帮扶平台: a district helps households in hard times, one household at a time."""
