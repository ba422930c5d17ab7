"""Every operation of the OpenAPI document, asked with what its schema allows and with what it does not.

`make hostile`, or `python -m tests.hostile --cases 1000`. A few of each are asked in every test run.
"""
