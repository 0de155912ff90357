"""Where people speak: reception, the assistant's client, the web pages and the desk."""
