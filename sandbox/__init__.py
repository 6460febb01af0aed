"""A small Slack of our own: a strict local workspace that real SDKs can talk to, for development, demos and tests."""
