"""Early help requests: the form, consent, the store, delivery and the staff who read them."""
