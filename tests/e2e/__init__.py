"""Real readers, servers and a real browser, on loopback."""
