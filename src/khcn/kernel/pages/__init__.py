"""The pages every register shares: inbox, lists, record pages, rulebook, permissions, calendar; and the frame."""
