"""The only code that touches the world: network, browser, processes, writing files."""
