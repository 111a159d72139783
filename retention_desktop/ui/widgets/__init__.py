"""The house's own controls: text, buttons, cards, fields, pages. Screens are made of these."""
