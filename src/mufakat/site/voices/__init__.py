"""What is said and what is asked: submissions, demands and their descent, votes, and the opinion map."""
