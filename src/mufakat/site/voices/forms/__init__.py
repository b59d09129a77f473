"""What people may send, and how it is read."""
