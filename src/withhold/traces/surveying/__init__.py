"""The survey: what the robots.txt of many hosts say to whom, over time, as rows that join."""
