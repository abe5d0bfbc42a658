"""The ways a mail comes in. Each keeps the bytes as they came before it says that it has them."""
