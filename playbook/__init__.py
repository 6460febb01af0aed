"""What we believe: the guide as data (`*.toml`, read once by `load`) and as rules without I/O or clock."""
