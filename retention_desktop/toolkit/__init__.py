"""What a tool is: its definition, the checking of tool files, the pure run of one tool."""
