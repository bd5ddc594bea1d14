"""How often articles are visited and feeds followed: counted, kept and told."""
