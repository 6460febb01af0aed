"""Papers beside the README: its pictures, and the program that takes them."""
