"""Pages of the board: lists and topics (reading), forms (writing), what moderators do (moderating)."""
