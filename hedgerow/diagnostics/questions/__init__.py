"""What is asked and what an answer is: instruments as packs, and values by kind. Needs no Django."""
