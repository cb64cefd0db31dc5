"""What lists show: a window at a time, with counts and sums made by the database. Every query takes its actor."""
