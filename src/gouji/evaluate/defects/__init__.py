"""Planting named defects in clean documents (植入差错), each vetted as detectable inside the document."""
