"""Files as they were handed in: the door that looks at them first, the store that never changes them, serving them."""
