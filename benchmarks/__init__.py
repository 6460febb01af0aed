"""What the bot costs, beside what the same work costs without it: ratios, not figures, since machines differ."""
