"""Recipes: a closed list of steps, run over a ``Page``, or said in words. Pure: no browser here.

``page`` is what an engine has to offer, ``match`` finds one thing on a page or says why not,
``walk`` walks the steps, ``hand`` presses, ``run`` says which are walked and what came of it,
``explain`` says them to a person, ``saved`` reads a page from a file, ``catalog.safe`` says what a
recipe may never do.
"""
