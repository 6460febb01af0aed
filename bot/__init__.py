"""The machine: settings, clock, listener, scheduler and delivery, put together in `app.py`."""
