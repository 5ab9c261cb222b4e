"""What is called out: names with their particles, wishes, a group's own templates. Pure: knows no Discord."""
