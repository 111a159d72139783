"""Search everywhere: records, what was agreed, people, tools and help."""
