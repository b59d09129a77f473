"""The pages of parties, of the people who act for them, of groups, and of invitations."""
