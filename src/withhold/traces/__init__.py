"""What can be seen of a no afterwards: logs, corpora, the filter, the survey, bundles. Pure.

Beside the folders, dated robots.txt of any sites (``dated_files``, ``history``).
"""
