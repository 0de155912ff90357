"""Who the people of the team are at an issuer."""
