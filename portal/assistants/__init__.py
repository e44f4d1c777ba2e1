"""The Model Context Protocol at `/api/mcp`: assistants read the portal with the same rights as any anonymous reader."""
