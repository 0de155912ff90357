"""What people wrote and who they are, unreadable on the disk. ``columns`` says how to use it."""
