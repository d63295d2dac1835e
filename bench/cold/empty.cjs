// The floor: what Node itself takes.
