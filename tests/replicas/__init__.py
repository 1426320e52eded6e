"""Settings pages written for the tests: a local server whose saved state is the truth.

``described`` reads one replica (``<recipe-id>.toml``), ``variants`` lists what may be different
about a page, ``tree``, ``widgets``, ``layouts`` and ``pages`` make it, ``mutate`` changes it by a
seed, ``server`` serves it, keeps what was saved and writes down every request and press. No code
or text of a platform is copied; how the pages are built is our own guess.
"""
