"""Whatever reads what others wrote, given bytes that nobody would write. `make fuzz`, decision 0021.

A target takes any bytes and returns, or something is wrong: only our own errors, only ids that YouTube
could have given, nothing that can't be stored, and no more than was put in.
"""
