"""Access logs: who asked for what, naming which crawler, from where, after which word of ours."""
