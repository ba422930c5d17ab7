"""People of an installation: who they are, how they are let in, and what keeps others out."""
