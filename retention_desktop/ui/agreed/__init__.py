"""Everything that was agreed: the register, and what one does with each thing in it."""
