"""Finding the focus: from a long list to at most three things that everybody gains from."""
