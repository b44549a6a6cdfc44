"""Import into and export from every register, driven by the columns it declares."""
