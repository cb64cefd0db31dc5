"""What is said and what happens in a group: bound to a deal or customer, it is worked on by those who are in it."""
