"""The maths: pure functions, without a web, a database, a clock or a file."""
