"""What can be done on the way to a focus. Every action locks what it is about first."""
