"""The verbs on an open vault: records, answers, search, and adding finished records from a file."""
