"""Opinion: who agrees with what, in which constituency, and how surely."""
