"""The Word letters of the demo: text from `data/letters/`, set on our company's letterhead."""
