"""What a tool is: its definition, the loading and checking of tool files, the pure run of one tool."""
