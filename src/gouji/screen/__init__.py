"""Many documents at once (批量核查): what each says, what they say of each other, which to read first."""
