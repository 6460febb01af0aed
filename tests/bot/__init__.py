"""Tests of one floor of the house."""
