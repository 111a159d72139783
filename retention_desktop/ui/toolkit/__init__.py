"""Finding a tool and starting it."""
