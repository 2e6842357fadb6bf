"""Benchmarks: `make bench` prints ratios of arms that were interleaved in one run.

Ratios, because a machine that is busy or slow slows both arms; nothing here fails a test.
"""
