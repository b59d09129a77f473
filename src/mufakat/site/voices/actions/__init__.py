"""Every write in this app, by what it is about."""
