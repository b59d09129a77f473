"""Every read in this app that is worth a name."""
