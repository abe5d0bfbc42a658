"""How the job is called, for whoever asks for it without carrying it."""

GROUP = "watchkeeper.premium.group"
QUEUE = "reviews"
