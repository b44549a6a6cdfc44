"""Files stored once by content; on records as attachments; refused where they bear a mark of State secrecy."""
