"""A label as a file that others verify: Open Badges 3.0, in two signed forms (decision 25).

Only `issuing` knows the database; the other modules take plain values and give plain values.
"""
