"""Charts drawn on the server: what they show, the process that draws them, and the colours that a page gives them."""
