"""Mail that comes in: kept first as it came, read apart, then decided by one table."""
