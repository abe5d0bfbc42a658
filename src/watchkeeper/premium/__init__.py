"""What a level includes beyond its targets: service reviews, recommendations, and what is known of an account's place."""
