"""The site under load: a real server on loopback, real requests, on SQLite and on a real PostgreSQL."""
