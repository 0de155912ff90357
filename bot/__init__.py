"""What is said, and in what order (YAML), and the assistant process that says it."""
