"""The desk's pages: where engineers, managers and account executives see what is due and act on it."""
