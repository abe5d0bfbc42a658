"""The ways a notice leaves the desk; each folder is one of them."""
