"""The overview of a store (总览): one page with plots, the worst documents first, and a page for each."""
