"""Text: names with their particles, wishes, templates, lists. Knows Discord's markdown, and no messages."""
