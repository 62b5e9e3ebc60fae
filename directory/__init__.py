"""The directory: a council's services, kept true and found by meaning; it knows no other package of ours."""
