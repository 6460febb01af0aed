"""What the bot remembers: one door to the data, and one file a noun."""
