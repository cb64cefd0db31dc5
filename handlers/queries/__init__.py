"""What is asked for and shown: one file a topic. The skills answer_query and look_up_customer choose among them."""
