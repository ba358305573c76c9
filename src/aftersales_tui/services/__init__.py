"""The use cases: one function is one thing somebody in the shop does, in one transaction."""
