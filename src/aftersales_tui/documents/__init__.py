"""The printed forms: what stands on each, the templates, and where the sheets go."""
