"""The verbs on an open vault: records, answers, search, lists, and finished records from a file."""
