"""The crash harness: an import goes on while everybody is killed, and nothing may be lost.

``make crash`` does the long run (``__main__``), ``test_crash`` a short one.

``plan``, ``drops``       who is killed when, and what is imported: by a seed
``topology``, ``processes``, ``installation``, ``databases``, ``upstream``   what is running
``person``, ``watching``  who uses it meanwhile, and writes down everything that is told
``drive``, ``run``        carry the plan out
``gathering``             asks everybody for everything at the end
``verdict``, ``stream``   compare it with what was given; they are pure and have tests of their own
``table``                 what is printed
"""
