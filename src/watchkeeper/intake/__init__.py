"""What comes in from outside that is no page: mail now. It becomes a verb of incidents, or waits for a person."""
