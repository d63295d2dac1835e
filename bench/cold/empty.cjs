// The baseline: Node itself.
