"""How people say it: examples, the components that read them, and the recogniser of risk."""
