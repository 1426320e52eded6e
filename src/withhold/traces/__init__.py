"""What crawlers and sites left behind: dated robots.txt of any sites."""
