"""Mail that a provider of mail posts to us: what each sends, who may, and the address it is sent to."""
