"""The pages of this app: each parses, calls one action or query, and renders."""
