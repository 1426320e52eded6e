"""Recipes: a closed list of steps, run over a ``Page``, or said in words. Pure: no browser here.

``page`` is what an engine has to offer, ``match`` finds one thing on a page or says why not,
``run`` walks the steps, ``explain`` says them to a person, ``saved`` reads a page from a file,
``catalog.safe`` says what a recipe may never do.
"""
