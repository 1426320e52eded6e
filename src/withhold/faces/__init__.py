"""What a person sees: the command line, the guide, the dashboard, reports, notices."""
