"""What is kept: enums, prompts, frozen views, tables and Changes. No I/O, no Qt."""
