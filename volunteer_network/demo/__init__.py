"""The demo country: an invented but life-like network, the same for the same seed and day."""
