"""What a level includes beyond its targets: service reviews, recommendations, and the places customers run."""
