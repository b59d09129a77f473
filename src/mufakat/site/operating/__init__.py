"""Running an installation: bringing it up to date, serving it, working in the background, checking it."""
