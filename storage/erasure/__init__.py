"""What is known of a person at a customer: found wherever it stands, and erased there (decision on erasure)."""
