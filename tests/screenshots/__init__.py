"""The README's pictures, taken anew by `make screenshots`."""
