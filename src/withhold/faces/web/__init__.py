"""The dashboard: everything of mine in one local page. ``withhold serve``.

Where things stand::

    views.py      what a view gets (Ask) and gives (Page, Piece, Go, File): plain values, no HTTP
    desk.py       what every view needs of this owner; what is kept between two requests; one writer
    routes.py     every address and who answers it; the parts that stand on every page
    app.py        HTTP around the views: forms in, pages out
    guard.py      only yours: Host, Origin, the token, headers, limits
    jobs.py       what takes long: one after the other, with its progress
    words.py      the words of each part, in each language
    overview.py, first.py, account.py, posts.py, site.py, letters.py, watch.py, evidence.py,
    settings.py   a part each: views, and nothing about HTTP
    templates/    one or more per part; ``frame.html`` is around each, ``alone.html`` around a page
                  that shows nothing of the owner
    static/       one stylesheet beside the guide's, one vendored htmx, one small script

Every page works without script; htmx only saves a reload.
"""
