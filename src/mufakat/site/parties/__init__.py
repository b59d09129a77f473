"""Organisations, delegations and groups as actors, and the people who act for them."""
